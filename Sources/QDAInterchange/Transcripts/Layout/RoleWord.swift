internal import QDACore

/// What a label says by itself of the part that its speaker plays.
struct RoleWord {
  /// The part, or `nil` for a word that names some speaker without saying which, such as `Speaker 1`.
  var role: SpeakerRole?
  /// Whether it is a word, and so proof on its own; a letter needs company.
  var isWord: Bool
  /// Whether the letter means different things in different documents.
  var isAmbiguous = false

  /// Looks up a label's key; digits at its end say which of several it is.
  static func of(_ key: String) -> RoleWord? {
    // `P3 (Crisis, 34)` is P3.
    if key.hasSuffix(")"), let open = key.lastIndex(of: "("), open > key.startIndex {
      var end = open
      while end > key.startIndex, key[key.index(before: end)] == " " {
        end = key.index(before: end)
      }
      return of(String(key[..<end]))
    }
    if let word = words[key] ?? composed(key) { return word }
    var stem = key[...]
    var hasNumber = false
    if let dash = stem.lastIndex(of: "-"), stem.index(after: dash) < stem.endIndex {
      // In `FG2-P4` the participant follows the group.
      let tail = stem[stem.index(after: dash)...]
      if tail.contains(where: \.isNumber) { stem = tail }
    }
    while let last = stem.last, last.isNumber || last == "_" || last == " " || last == "#" {
      hasNumber = hasNumber || last.isNumber
      stem.removeLast()
    }
    guard hasNumber || stem.count < key.count,
      var word = words[String(stem)] ?? composed(String(stem))
    else { return nil }
    // Recognisers call speakers `S00` and `S01`.
    if stem == "s", key.dropFirst().first == "0", key.count > 2 {
      return RoleWord(role: nil, isWord: true)
    }
    if stem.count == 1 {
      // A letter with a number is a participant's pseudonym unless the letter asks questions.
      guard let letter = stem.first, "prsmfbeaitn".contains(letter) else { return nil }
      word.isWord = letter == "p"
      if letter == "m" || letter == "f" || letter == "n" || letter == "t" {
        word.role = .participant
        word.isAmbiguous = false
      }
    } else if word.role == .unknown {
      word.role = nil
    }
    return word
  }

  // `Unidentified male speaker`, `All participants`: words that say only that it is not known who
  // speaks, or that several do.
  private static func composed(_ key: String) -> RoleWord? {
    let parts = key.split(separator: " ")
    guard parts.count > 1, parts.allSatisfy({ anyone.contains(String($0)) }) else { return nil }
    let areSeveral = parts.contains { several.contains(String($0)) }
    return RoleWord(role: areSeveral ? .collective : .unknown, isWord: false)
  }

  private static let several: Set<String> = [
    "all", "several", "multiple", "both", "various", "voices", "speakers", "participants",
    "respondents", "interviewees",
  ]

  private static let anyone: Set<String> = several.union([
    "unknown", "unidentified", "unclear", "male", "female", "man", "woman", "voice", "speaker",
    "participant", "respondent", "interviewee", "person",
  ])

  private static let words: [String: RoleWord] = {
    var words: [String: RoleWord] = [:]
    func add(_ list: String, _ role: SpeakerRole?, word: Bool = true, ambiguous: Bool = false) {
      for entry in list.split(separator: ",") {
        let entry = String(entry)
        words[entry] = RoleWord(role: role, isWord: word, isAmbiguous: ambiguous)
      }
    }
    add(
      "int,interv,interviewer,interviewerin,interviewer in,researcher,moderator,mod,facilitator,"
        + "iv,iwer,enq,entrevistador,entrevistadora,enquêteur,enquêtrice,intervieweur,"
        + "forscher,forscherin,onderzoeker,intervistatore,intervistatrice,investigator,host,"
        + "agallaiche,访谈者,采访者,主持人,面接者,聞き手,интервьюер",
      .interviewer)
    add(
      "interviewee,ie,iee,participant,part,pt,respondent,resp,subject,befragte,befragter,"
        + "erzähler,erzählerin,narrator,entrevistado,entrevistada,enquêté,enquêtée,informant,"
        + "teilnehmer,teilnehmerin,teilnehmende,geïnterviewde,deelnemer,intervistato,intervistata,"
        + "participante,participante,témoin,student,teacher,patient,client,worker,manager,"
        + "com-pàirtiche,受访者,被访者,респондент",
      .participant)
    add(
      "all,several,group,multiple,everyone,everybody,both,multiple speakers,multiple students,"
        + "multiple participants,several participants,group,mehrere,alle,tous,todos,varios,chorus",
      .collective, word: false)
    add(
      "unknown,unknown speaker,unidentified,unidentified speaker,unknown male,unknown female,"
        + "unclear,?,speaker undefined,male,female,male voice,female voice,man,woman,speaker ?,unbekannt,"
        + "inconnu,desconocido,話者不明",
      .unknown, word: false)
    add(
      "speaker,sprecher,sprecherin,locuteur,hablante,spreker,spk,voice,話者,说话人,說話人,发言人,發言人,"
        + "讲者,講者,화자,참석자", nil)
    add("witness,the witness,the deponent", .participant)
    add("the court,the clerk,the reporter,the court reporter,the bailiff", nil)
    add("p,s", .participant, word: false)
    add("q,f", .interviewer, word: false)
    add("i", .interviewer, word: false, ambiguous: true)
    add("a,b,e,n,t", .participant, word: false, ambiguous: true)
    add("r,m", .participant, word: false, ambiguous: true)
    add("x", .unknown, word: false)
    return words
  }()
}
