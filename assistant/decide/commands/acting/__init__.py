"""Commands -> what each of them comes to for whoever gave it: events, sentences, questions to those who may."""
