"""A Spanish noun of the field -> the English nouns that titles have for the same thing."""

from __future__ import annotations

_NOUNS = """
abuela: grandmother; abuelo: grandfather; acta: certificate minutes; acuerdo: agreement; alergia: allergy
alimentos: food meals; almuerzo: lunch; ambulancia: ambulance; analisis: test lab; andadera: walker; andador: walker
anestesia: anesthesia; antibiotico: antibiotic; anteojos: glasses eyeglasses; aparato: device hearing brace
apelacion: appeal; archivo: file; aseguradora: insurance insurer payer; asilo: nursing; audifono: hearing aid
audiencia: hearing; autorizacion: authorization auth pa; ayuno: fasting; azucar: glucose sugar; bano: bath bathroom
baston: cane; bebe: baby; biopsia: biopsy; boleto: ticket; bolsa: bag; bomba: pump; brazo: arm; cadera: hip
caja: box; calendario: calendar schedule; calificacion: eligibility; cama: bed; camilla: stretcher gurney
camioneta: van; cancer: cancer; cardiologia: cardiology; carrito: cart; carta: letter; cateter: catheter
cedula: id; censo: census; certificado: certificate; chequeo: checkup exam; cheque: check; cirugia: surgery
cirujano: surgeon; cita: appointment visit; clase: class; clinica: clinic; cobertura: coverage; cobro: charge billing
codigo: code; colchon: mattress; colonoscopia: colonoscopy; comida: meal meals food; concentrador: concentrator
consentimiento: consent; consulta: consultation visit; contrasena: password login; contrato: contract
copago: copay; copia: copy; corona: crown; correo: mail email; cotizacion: quote; credencial: badge card
cuarto: room; cubrebocas: masks; cuenta: bill account; cuidador: caregiver aide; cuidadora: caregiver aide
cuna: crib; cupo: slot; curacion: dressing wound; dentista: dentist; denegacion: denial; deposito: deposit
derivacion: referral; desayuno: breakfast; despensa: food pantry; dialisis: dialysis; dieta: diet
direccion: address; directorio: directory; disco: disc cd; dosis: dose; electricista: electrician
encuesta: survey; enfermera: nurse; entrada: entry; entrega: delivery; entrenamiento: training
equipo: equipment; equipaje: luggage; escala: scale; escalera: stairs; escuela: school; especialista: specialist
estudio: study test; estudios: studies tests; etiqueta: label; evaluacion: evaluation eval; examen: exam test
expediente: record records chart; factura: invoice bill; familia: family; farmacia: pharmacy; ferula: splint brace
fianza: bond; firma: signature; fisica: physical; fisioterapia: pt physical; folleto: brochure flyer
formulario: form forms; forma: form forms; foto: photo picture; funda: cover; gafas: glasses
gasas: gauze; grua: lift; guardia: guard shift on-call; guantes: gloves; guarderia: daycare; herida: wound
hermana: sister; hermano: brother; hija: daughter; hijo: son; historial: history records; hogar: home
hoja: sheet page; horario: schedule hours; hospedaje: lodging; hospital: hospital; huesped: guest
identificacion: id; imagen: image; imagenes: images imaging; implante: implant; impresora: printer
informe: report; ingreso: admission intake; inhalador: inhaler; inscripcion: enrollment registration
instrucciones: instructions; insulina: insulin; inventario: inventory; interprete: interpreter
inyeccion: injection shot; jarabe: syrup; jeringas: syringes; junta: meeting board; laboratorio: lab labs
lavado: wash; leche: milk formula; lentes: glasses; licencia: license leave; liga: link; enlace: link
limpieza: cleaning; linea: line; lista: list; llamada: call; llave: key; llegada: arrival; luz: light
madre: mother; maleta: bag suitcase; mama: mother mom; mamografia: mammogram; manguera: tubing hose
mapa: map; marcapasos: pacemaker; mascarilla: mask; medicamento: medication; medicina: medication medicine
medicinas: medications medicines; medico: doctor physician; medicion: measurement; mesa: table
monitor: monitor; muestra: specimen sample; muestras: specimens samples; muletas: crutches; multa: fine
nebulizador: nebulizer; negacion: denial; nevera: refrigerator fridge; nota: note; notas: notes
novia: girlfriend; oficina: office; oncologia: oncology; orden: order; ortopedia: orthopedics; oxigeno: oxygen
padre: father; padres: parents; pagare: note; pago: payment; panal: diaper; panales: diapers; papa: father dad
papeles: papers paperwork form; papeleo: paperwork; paquete: packet package; paquetes: packets packages
parada: stop; parche: patch; parqueo: parking; estacionamiento: parking; pasaje: fare pass; pasaporte: passport
pase: pass; pases: passes; pasillo: hall hallway; pastillas: pills; pediatra: pediatrician; pedido: order
peluca: wig; permiso: permission permit pass; peso: weight; pie: foot; piso: floor; placa: x-ray film
placas: x-rays films; plan: plan; plantillas: insoles orthotics; poder: poa attorney; polea: pulley
poliza: policy; portal: portal; practicante: intern; presion: pressure; prestamo: loaner loan
presupuesto: quote estimate budget; prescripcion: prescription; programa: program; pronostico: prognosis
protesis: prosthesis denture; prueba: test; psicologo: psychologist; pulmon: lung; puente: bridge
puerta: door; queja: complaint; quejas: complaints; quimio: chemo; quimioterapia: chemo chemotherapy
quirofano: or operating; radiacion: radiation; radiografia: x-ray; rampa: ramp; rayos: x-ray x-rays
receta: prescription rx; recetas: prescriptions; recibo: receipt; recibos: receipts; reclamo: claim
recordatorio: reminder; recorrido: tour; recogida: pickup; recuento: count; reembolso: refund reimbursement
referido: referral; referencia: referral; refrigerador: refrigerator fridge; registro: registration record log
registros: records; rehabilitacion: rehab; reloj: watch clock; renovacion: renewal
reporte: report; reportes: reports; resonancia: mri; respirador: ventilator; respuesta: answer response
resultado: result results; resultados: results; resumen: summary; retraso: delay; reunion: meeting
revision: review; rodilla: knee; ropa: clothes; sabanas: sheets linens; sala: room; saldo: balance
salida: discharge exit; salud: health; sangre: blood; seguimiento: follow-up followup; seguro: insurance
sello: stamp; semana: week; sesion: session; silla: chair wheelchair; sillon: recliner chair; sobre: envelope
sobrina: niece; sobrino: nephew; solicitud: application request; sonda: tube catheter; suero: iv
suministros: supplies; sustituto: substitute; tableta: tablet; taller: workshop; tanque: tank
tanques: tanks; tarjeta: card; tarjetas: cards; taxi: taxi cab; telefono: phone; terapia: therapy
terapeuta: therapist; termometro: thermometer; tia: aunt; tio: uncle; tina: tub; tobillo: ankle
tomografia: ct; toma: draw; trabajadora: worker; traduccion: translation; traductor: translator interpreter
transporte: transport transportation ride; traslado: transfer transport ride; tratamiento: treatment
tumor: tumor; turno: shift appointment; tutela: guardianship; ultrasonido: ultrasound; ecografia: ultrasound
vacuna: vaccine; vacunas: vaccines; vale: voucher; vales: vouchers; cupon: coupon voucher; vecina: neighbor
vecino: neighbor; venda: bandage; vendas: bandages; ventilador: ventilator fan; verificacion: verification
viaje: trip ride; visita: visit; visitante: visitor; vivienda: housing; vuelo: flight; yeso: cast
zapatos: shoes; zapato: shoe; alta: discharge; altas: discharges; casa: home house; hielera: cooler
ayuda: help aide; ayudante: aide; comodo: commode; pesario: pessary; urgencias: er ed emergency
sangrado: bleeding; cuidado: care; refuerzo: booster; pedidos: orders; fondo: fund; beca: grant scholarship
subsidio: subsidy grant; vacante: opening; membresia: membership; renta: rent; luces: lights; medias: stockings
faja: binder belt; collarin: collar; protector: guard; frenos: braces; muela: tooth molar; diente: tooth
dientes: teeth denture; relevo: respite relief; velador: sitter; acompanante: sitter escort companion
vietnamita: vietnamese; arabe: arabic; ruso: russian; chino: chinese mandarin; coreano: korean; frances: french
portugues: portuguese; criollo: creole; senas: asl sign; ingles: english; espanol: spanish; somali: somali
canula: cannula; canulas: cannulas; viales: vials; vial: vial; donante: donor
trasplante: transplant; parto: birth delivery; nacimiento: birth newborn; embarazo: pregnancy
operatorio: operative surgery; quirurgico: surgical; operacion: surgery operation; rodillera: brace; rodilla: knee
mensual: monthly; semanal: weekly; anual: annual; semana: week; mes: month; dental: dental; medico: medical doctor
preoperatorio: preop pre-op; postoperatorio: postop post-op; ojos: eye eyes; ojo: eye; oido: ear
tiras: strips; tira: strip; glucometro: glucometer meter; glucosa: glucose; lancetas: lancets; agujas: needles
cesarea: c-section cesarean section; gotas: drops; crema: cream; pomada: ointment; oximetro: oximeter; vista: vision
tensiometro: cuff monitor; beneficios: benefits; cancelacion: cancellation; termino: term; prenatales: prenatal
cardiologo: cardiologist; cardiologa: cardiologist; neurologo: neurologist; oncologo: oncologist
"""

ENGLISH: dict[str, frozenset[str]] = {
    spanish: frozenset(english.split())
    for entry in _NOUNS.replace("\n", ";").split(";")
    if entry.strip()
    for spanish, english in [[part.strip() for part in entry.split(":")]]
}
"""By the folded word, without accents."""


def in_english(word: str) -> frozenset[str]:
    """Return the English names of what a folded Spanish noun means, also in the plural; none for other words.

    >>> sorted(in_english("hoja")), sorted(in_english("quejas")), in_english("sheet")
    (['page', 'sheet'], ['complaints'], frozenset())
    """
    for form in (word, word.removesuffix("s"), word.removesuffix("es")):
        if form in ENGLISH:
            return ENGLISH[form]
    return frozenset()
