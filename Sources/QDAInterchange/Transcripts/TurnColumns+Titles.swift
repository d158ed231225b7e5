// The titles by which columns are known, as keys of labels.
extension TurnColumns {
  static let speakerTitles: Set<String> = [
    "speaker", "speakers", "who", "name", "person", "participant", "voice", "sprecher",
    "sprecherin", "person speaking", "locuteur", "hablante", "spreker", "interviewer/participant",
    "speaker name", "speaker label", "speaker id", "interlocutor", "sprecher/in", "sprechende",
    "sprechende person", "redner", "rednerin", "locutrice", "intervenant", "intervenante",
    "participant/e", "orador", "oradora", "hablantes", "falante", "locutor", "locutora", "parlante",
    "interlocutore", "oratore", "spreekster", "deelnemer", "talare", "taler", "puhuja", "mówca",
    "mluvčí", "beszélő", "konuşmacı", "говорящий", "спикер", "発言者", "話者", "说话人", "발화자",
  ]
  static let wordsTitles: Set<String> = [
    "content", "text", "transcript", "transcription", "speech", "dialogue",
    "inhalt", "transkript", "contenu", "texte", "texto", "contenido", "tekst",
    "segment text", "transkription", "äußerung", "aussage", "redebeitrag", "wortlaut",
    "énoncé", "propos", "paroles", "transcripción", "enunciado", "conteúdo", "transcrição", "fala",
    "testo", "trascrizione", "enunciato", "transcriptie", "uiting", "replik", "transkripsjon",
    "teksti", "wypowiedź", "szöveg", "metin", "текст", "реплика", "発言", "内容", "文本",
  ]
  /// Titles of words, and as often of their numbers.
  static let countTitles: Set<String> = ["line", "sentence", "turn", "utterance", "words"]
  static let timeTitles: Set<String> = [
    "time", "timespan", "timestamp", "time stamp", "timecode", "start", "start time", "zeit",
    "temps", "tiempo", "hora", "tijd", "time span", "start_time", "starttime", "begin",
    "start (s)", "start (ms)", "in", "von", "anfang", "début", "start timestamp", "from", "beginn",
    "startzeit", "zeitstempel", "zeitmarke", "zeitpunkt", "uhrzeit", "debut", "horodatage",
    "minutage", "heure", "inicio", "comienzo", "desde", "tempo", "início", "marca de tiempo",
    "inizio", "orario", "begintijd", "starttijd", "van", "tid", "starttid", "alku", "aika", "czas",
    "początek", "čas", "začátek", "kezdet", "başlangıç", "zaman", "время", "начало", "時間", "开始",
  ]
  static let endTitles: Set<String> = [
    "end", "end time", "end_time", "endtime", "end (s)", "end (ms)", "out", "bis", "ende", "fin",
    "stop", "end timestamp", "to", "endzeit", "hasta", "fim", "fine", "einde", "eind",
    "eindtijd", "tot", "slut", "slutt", "sluttid", "loppu", "koniec", "konec", "vége", "bitiş",
    "конец", "終了", "结束",
  ]
  static let caseTitles: Set<String> = [
    "id", "participant", "participant id", "participant_id", "participantid", "respondent",
    "respondent id", "respondentid", "response id", "responseid", "case", "case id", "name",
    "pseudonym", "interviewee", "record", "record id", "record_id", "subject", "person",
    "antwort id", "antwort-id", "teilnehmer", "teilnehmerin", "fall", "participante", "code", "nr",
    "no", "number", "#",
  ]
  /// Titles of what a case was asked, and of what it answered.
  static let questionTitles: Set<String> = [
    "question", "questions", "interviewer", "prompt", "frage", "fragen", "pregunta", "preguntas",
    "domanda", "domande", "vraag", "pergunta", "fråga", "вопрос",
  ]
  static let answerTitles: Set<String> = [
    "answer", "answers", "response", "responses", "reply", "antwort", "antworten", "réponse",
    "réponses", "respuesta", "respuestas", "risposta", "risposte", "antwoord", "resposta", "svar",
    "ответ",
  ]
}
