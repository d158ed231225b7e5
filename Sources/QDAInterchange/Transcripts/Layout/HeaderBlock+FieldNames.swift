internal import Foundation

// What stands before colons and is nobody.
extension HeaderBlock {
  static let castNames: Set<String> = [
    "persons present", "participants", "speakers", "present", "attendees", "people present",
    "anwesend", "teilnehmer", "participantes", "cast", "speaker key", "key",
  ]

  /// Whether a key is the name of a field, also with a word in brackets after it.
  static func isField(_ key: String) -> Bool {
    if names.contains(key) || plainNames.contains(key.replacing("-", with: " ")) { return true }
    guard key.hasSuffix(")") || key.contains("’") else { return false }
    let plain = Array(key.replacing("’", with: "'").unicodeScalars)
    let core = LabelShape.withoutAttributes(plain[...])
    return names.contains(String(String.UnicodeScalarView(core)))
  }

  // Accents are left out as often as hyphens are put in: `Titulo` and `Interview-Nr.`
  private static let plainNames = Set(
    names.map { $0.folding(options: .diacriticInsensitive, locale: nil) })

  /// The names of fields, which are never speakers unless a caller says so, by language.
  private static let names: Set<String> = castNames.union([
    "date", "date of interview", "interview date", "time", "place", "location", "venue", "setting",
    "duration", "length", "language", "transcriber", "transcribed by", "transcribed", "file",
    "file name", "filename", "recording", "audio", "audio file", "title", "project", "study",
    "participant id", "participant code", "code participant", "respondent id", "interviewee id",
    "interview id", "interview with", "id", "case", "case id", "pseudonym",
    "name", "names", "age", "age group", "gender", "sex", "role", "occupation", "organisation",
    "organization", "site", "conducted", "recorded", "interview", "interview number",
    "interview no", "session", "round", "version", "status", "subject line", "email", "e-mail",
    "phone", "tel", "contact", "address", "keywords",
    "mode", "modality", "mode of interview", "interview mode", "interview location",
    "interview length", "interview duration", "recording date", "recording length", "job title",
    "department", "nationality", "marital status", "ethnicity", "education",
    "kontakt", "datum", "ort", "zeit", "dauer", "sprache", "alter", "geschlecht", "beruf", "thema",
    "uhrzeit", "kürzel", "aufnahme", "aufnahmedatum", "aufnahmeort", "transkription", "transkript",
    "transkribiert von", "transkribent", "transkribentin", "interviewdatum", "interviewort",
    "interviewdauer", "ort und datum", "datum und ort", "datum des interviews",
    "ort des interviews", "dauer des interviews", "interviewnummer", "interview nr", "projekt",
    "titel", "studie", "funktion", "einrichtung", "wohnort", "familienstand", "nationalität",
    "bildungsabschluss", "datei", "dateiname", "besonderheiten", "teilnehmer id",
    "teilnehmerin id", "teilnehmercode", "befragten id",
    "lieu", "heure", "durée", "langue", "âge", "sexe", "nom", "prénom", "pseudonyme",
    "date de l'entretien", "lieu de l'entretien", "durée de l'entretien", "heure de début",
    "heure de fin", "profession", "métier", "projet", "titre", "étude", "fichier", "enregistrement",
    "transcription", "transcrit par", "transcripteur", "transcriptrice", "modalité", "modalités",
    "entretien", "entretien n°", "numéro d'entretien", "fonction", "situation familiale",
    "nationalité", "niveau d'études", "thème",
    "fecha", "hora", "lugar", "duración", "idioma", "edad", "género", "nombre", "nombre completo",
    "apellidos", "modalidad", "seudónimo", "pseudónimo", "código", "código del participante",
    "código de entrevista", "código de la entrevista", "hora de inicio", "hora de finalización",
    "hora de término", "hora de fin", "hora inicio", "hora fin", "fecha de la entrevista",
    "fecha de entrevista", "lugar de la entrevista", "lugar de entrevista",
    "duración de la entrevista", "sexo", "ocupación", "profesión", "institución", "organización",
    "proyecto", "título", "estudio", "archivo", "grabación", "transcripción", "transcrito por",
    "transcriptor", "transcriptora", "entrevista", "número de entrevista", "ciudad", "país",
    "nacionalidad", "estado civil", "escolaridad", "nivel educativo", "tema", "observaciones",
    "plataforma", "correo", "teléfono", "dirección", "localización", "ubicación", "medio",
    "duração", "língua", "idade", "gênero", "nome", "nome completo", "modalidade", "pseudônimo",
    "código do participante", "código da entrevista", "hora de início", "hora de fim", "horário",
    "data da entrevista", "local da entrevista", "duração da entrevista", "profissão", "ocupação",
    "função", "instituição", "organização", "projeto", "projecto", "arquivo", "ficheiro",
    "gravação", "transcrição", "cidade", "nacionalidade", "escolaridade", "observações", "telefone",
    "localização", "meio", "unidade curricular", "disciplina", "descrição",
    "luogo", "durata", "lingua", "età", "genere", "sesso", "cognome", "modalità", "pseudonimo",
    "codice", "codice partecipante", "codice del partecipante", "ora di inizio", "ora di fine",
    "data e ora", "data dell'intervista", "luogo dell'intervista", "durata dell'intervista",
    "professione", "occupazione", "ruolo", "istituzione", "organizzazione", "progetto", "titolo",
    "registrazione", "trascrizione", "trascritto da", "trascrittore", "trascrittrice", "intervista",
    "intervista n", "città", "nazionalità", "stato civile", "titolo di studio", "argomento",
    "osservazioni",
    "plaats", "tijd", "duur", "taal", "leeftijd", "geslacht", "locatie", "naam", "pseudoniem",
    "starttijd", "begintijd", "eindtijd", "datum interview", "datum van het interview",
    "plaats van het interview", "duur van het interview", "beroep", "functie", "organisatie",
    "opleiding", "bestand", "bestandsnaam", "opname", "transcriptie", "getranscribeerd door",
    "nationaliteit", "woonplaats", "burgerlijke staat", "onderwerp", "opmerkingen",
  ])

  /// What is the name of a field in a header, and may be a speaker's or any word elsewhere.
  static let mayBeField: Set<String> = [
    "data", "local", "ora", "inizio", "início", "inicio", "beginn", "ende", "début", "fin", "fine",
    "position", "format", "code", "cargo", "puesto", "institution",
    "contexto",
  ]

  /// Whether a key is a word of any prose, or counts the parts of a document, and so no speaker.
  static func isStopLabel(_ key: String) -> Bool {
    stopWords.contains(key) || isField(key) || isPart(key)
  }

  /// Whether a key names a part of a document, with or without its number.
  static func isPart(_ key: String) -> Bool {
    if parts.contains(key) || key.hasSuffix(" question") { return true }
    let stem = key.prefix { !$0.isNumber }
    guard stem.count < key.count, key.dropFirst(stem.count).allSatisfy(\.isNumber) else {
      return false
    }
    return parts.contains(String(stem.last == " " ? stem.dropLast() : stem))
  }

  /// What documents count: `Day 1` and `Lesson 2` head a plan and say nothing.
  private static let parts: Set<String> = [
    "day", "week", "month", "year", "lesson", "step", "part", "chapter", "section", "unit",
    "module", "figure", "fig", "table", "phase", "stage", "round", "exercise", "task", "option",
    "level", "version", "item", "page", "line", "appendix", "annex", "article", "theme", "topic",
    "session", "act", "scene", "slide", "tape", "track", "side", "file", "image", "photo", "test",
    "example", "scenario", "vignette", "question", "answer", "interview", "note", "objective",
    "goal", "box", "stimulus", "trial", "activity", "kapitel", "tag", "woche", "teil", "schritt",
    "tabelle", "abbildung", "bild", "seite", "frage", "jour", "semaine", "étape", "partie",
    "chapitre", "tableau", "capítulo", "sección", "día", "semana", "paso", "tabla",
    "figura", "parte", "pregunta", "vraag", "deel", "stap",
  ]

  /// Words that stand before colons in any prose, which are never speakers unless a caller says so.
  private static let stopWords: Set<String> = [
    "note", "notes", "nb", "n.b", "comment", "comments", "remark", "remarks", "summary", "source",
    "url", "link", "links", "topic", "topics", "start", "end", "start time", "end time", "example",
    "examples", "figure", "table", "chapter", "section", "appendix", "background", "method",
    "methods", "results", "conclusion", "conclusions", "references", "abstract", "introduction",
    "discussion", "warning", "important", "tip", "ps", "p.s", "re", "from", "to", "cc", "kind",
    "style", "region", "anmerkung", "hinweis", "bemerkung", "remarque", "nota", "however", "also",
    "first", "second", "third", "finally", "then", "so", "but", "and", "because", "for example",
    "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "montag",
    "dienstag", "mittwoch", "donnerstag", "freitag", "samstag", "sonntag", "lundi", "mardi",
    "mercredi", "jeudi", "vendredi", "samedi", "dimanche", "lunes", "martes", "miércoles",
    "jueves", "viernes", "sábado", "domingo",
    "that is", "transcript", "interview transcript", "question", "answer", "questions", "answers",
    "action", "actions", "owner", "due", "due date", "deadline", "agenda", "apologies", "folder",
    "contents", "usage", "code", "category", "subcategory", "definition", "description", "include",
    "exclude", "inclusion criteria", "exclusion criteria", "includes", "excludes", "when to use",
    "when not to use", "context", "mechanism", "outcome", "observed", "reflection", "strengths",
    "weaknesses", "opportunities", "threats", "ingredients", "serves", "directions", "probe",
    "probes", "prompt", "prompts", "aim", "aims", "objectives", "purpose", "materials", "rationale",
    "hypothesis", "findings", "recommendations", "next steps", "time zone", "timezone", "available",
    "availability",
    "positives", "negatives", "pros", "cons", "likes", "dislikes", "advantages", "disadvantages",
    "challenges", "original", "translation", "gloss", "übersetzung", "traduction", "traducción",
    "tradução", "traduzione", "vertaling", "beschreibung",
    "ziel", "ziele", "aufgabe", "zutaten", "beispiel", "objectif", "objectifs", "exemple",
    "définition", "definición", "objetivo", "objetivos", "ejemplo",
  ]
}
