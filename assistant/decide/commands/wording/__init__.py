"""The words of a reply, whatever task they speak of: folded text, sentences, numbers, days, people, likeness."""
