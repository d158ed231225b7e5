/// What the words around a number say about it.
extension SampleSize {
  static let sampleNouns: Set<String> = [
    "participants", "interviewees", "respondents", "informants",
  ]
  private static let peopleNouns: Set<String> = [
    "people", "individuals", "persons", "adults", "staff", "professionals", "practitioners",
  ]
  // What a number may count instead of people, or who are only some of them.
  private static let parts: Set<String> = [
    "women", "men", "females", "males", "girls", "boys", "female", "male", "interviews",
    "transcripts", "minutes", "hours", "days", "weeks", "months", "years", "pages", "percent",
  ]
  static let organisationNouns: Set<String> = [
    "organisations", "organizations", "services", "sites", "agencies",
  ]
  private static let sampling: Set<String> = [
    "interviewed", "recruited", "enrolled", "sampled", "surveyed", "included",
  ]
  private static let fillers: Set<String> = [
    "comprised", "comprises", "consisted", "consists", "of", "included", "includes", "was", "is",
    "were", "size", "contained", "made", "up", "in", "total", "a", "final", "all", "with", "the",
    "from", "=", "(", ",", "altogether", "overall", "n",
  ]
  private static let partitives: Set<String> = [
    "only", "just", "another", "other", "remaining", "further", "these", "those", "least",
    "additional", "also", "group", "subgroup", "subset", "first", "last", "pilot", "follow-up",
    "telephone", "online", "joint", "repeat",
  ]
  // People who were wanted, asked or lost are not those who took part.
  private static let others: Set<String> = [
    "invited", "invite", "approached", "approach", "contacted", "eligible", "planned", "plan",
    "aimed", "aim", "intended", "target", "sought", "identified", "considered", "declined",
    "withdrew", "refused", "excluded", "list", "pool", "potential", "survey", "database",
    "register", "responded", "their", "whose", "his", "her", "pilot",
  ]
  static let abbreviations: Set<String> = ["al", "e.g", "i.e", "cf", "vs", "approx", "ca"]

  /// Whether a sentence is about another study: it names or cites one and does not say `we`.
  static func isAboutOthers(_ words: [String]) -> Bool {
    if words.contains("al") { return true }
    for (index, word) in words.enumerated() where studies.contains(word) {
      let before = words[..<index].suffix(2)
      if before.contains(where: { elsewhere.contains($0) }) { return true }
    }
    if words.contains(where: { ["we", "our", "us"].contains($0) }) { return false }
    return words.indices.contains { index in
      guard words[index] == "(", let close = words[index...].prefix(24).firstIndex(of: ")") else {
        return false
      }
      let inner = words[index + 1..<close].filter { $0 != "," && $0 != ";" }
      return !inner.isEmpty
        && inner.allSatisfy { word in
          word.unicodeScalars.allSatisfy { $0.isDigit || $0.isDash } && word.first != "-"
        }
    }
  }

  private static let studies: Set<String> = [
    "study", "studies", "research", "evaluation", "project", "review", "trial", "work", "paper",
  ]
  private static let elsewhere: Set<String> = [
    "previous", "earlier", "prior", "another", "other", "pilot", "similar", "one", "recent",
    "their",
  ]

  /// Whether a number says how many people took part.
  func isSample(_ number: Number, in sentence: Sentence) -> Bool {
    let words = sentence.words
    let before = words[..<number.words.lowerBound].suffix(8).map(\.text)
    let after = words[number.words.upperBound...].prefix(8).map(\.text)
    let nouns = after.prefix { !["(", ")", ",", ";", "="].contains($0) }
    if before.last == "=" { return isEquation(before, nouns: nouns, in: sentence) }
    if isAboutOthers(before, nouns) { return false }
    // `13 of the 22 participants` counts some of them.
    if nouns.first == "of" { return false }
    let noun = nouns.prefix(4).firstIndex {
      Self.sampleNouns.contains($0) || Self.peopleNouns.contains($0)
    }
    if let sample = before.lastIndex(of: "sample"),
      before[(sample + 1)...].allSatisfy(Self.fillers.contains)
    {
      if noun != nil || nouns.isEmpty || namesOrganisation(nouns) { return true }
      return number.value * 2 > rows && nouns.prefix(3).allSatisfy { !Self.parts.contains($0) }
    }
    if isOneEach, number.value * 2 > rows, before.last.map(Self.linksPlaces) == true,
      namesOrganisation(nouns.prefix(2))
    {
      return true
    }
    if before.suffix(3).contains(where: Self.partitives.contains) { return false }
    if countsInterviews(number, nouns: nouns) { return true }
    let lead = Array(before.reversed().drop(while: Self.fillers.contains))
    if lead.first == "participants", lead.dropFirst().prefix(2).contains("number") { return true }
    guard let noun, nouns[..<noun].allSatisfy({ !Self.parts.contains($0) }) else { return false }
    if let verb = lead.first, Self.sampling.contains(verb), isOwn(verb, lead, in: sentence),
      !before.contains(where: Self.partitives.contains)
    {
      return true
    }
    return tookPart(number, before: before, after: nouns.dropFirst(noun + 1))
      || isWhole(number, before: before, nouns: nouns, noun: noun)
  }

  // Between the number and the next comma or number people may be said to have been invited.
  private func isAboutOthers(_ before: [String], _ nouns: ArraySlice<String>) -> Bool {
    let clause = before.reversed().prefix { word in
      ![",", ";", "(", ")"].contains(word) && !word.unicodeScalars.contains(where: \.isDigit)
    }
    let rest = nouns.prefix { word in !word.unicodeScalars.contains(where: \.isDigit) }
    return clause.contains(where: Self.others.contains)
      || rest.contains(where: Self.others.contains)
  }

  // `we interviewed 21 participants`, but not `Smith interviewed 40 participants`.
  private func isOwn(_ verb: String, _ lead: [String], in sentence: Sentence) -> Bool {
    let subject = lead.dropFirst().first
    if subject == nil || ["was", "were", "and", "then", "also"].contains(subject) { return true }
    let own: Set<String> = [
      "we", "i", "author", "authors", "researcher", "researchers", "team", "study", "sample",
      "evaluation",
    ]
    return sentence.words.contains { own.contains($0.text) }
  }

  // `21 people took part`, `a total of 21 people were interviewed`.
  private func tookPart(
    _ number: Number, before: [String], after: ArraySlice<String>
  ) -> Bool {
    let isTotal = before.suffix(4).contains { ["total", "all", "altogether"].contains($0) }
    guard isTotal || number.value * 2 > rows else { return false }
    var rest = after.drop { !["took", "participated", "were", "consented", "was"].contains($0) }
    // A short description may stand between, as in `participants from TSOs took part`.
    guard after.count - rest.count <= 3, let verb = rest.popFirst() else { return false }
    if verb == "took" {
      guard rest.popFirst() == "part" else { return false }
    } else if verb == "were" || verb == "was" {
      guard let done = rest.popFirst(), Self.sampling.contains(done) || done == "involved"
      else { return false }
    }
    guard rest.first == "in" else {
      return rest.first.map { !["by", "online", "via", "twice", "again"].contains($0) } ?? true
    }
    let whole: Set<String> = [
      "study", "research", "interview", "interviews", "evaluation", "total", "project",
    ]
    return rest.dropFirst().prefix(4).contains(where: whole.contains)
      && !rest.contains(where: Self.partitives.contains)
  }

  // `all 22 participants`, `of the 22 participants`, `interviews with 22 participants`,
  // `there were 22 participants`, `22 participants from 22 organisations`.
  private func isWhole(
    _ number: Number, before: [String], nouns: ArraySlice<String>, noun: Int
  ) -> Bool {
    guard number.value * 2 > rows else { return false }
    let next = nouns.dropFirst(noun + 1).first
    let isNamed = Self.sampleNouns.contains(nouns[noun])
    switch before.last {
    case "all", "the", "our":
      return isNamed && !["who", "that", "whose", "in"].contains(next ?? "")
    case "of", "(": return isNamed
    case "with", "to":
      return before.dropLast().last.map {
        ["interviews", "conducted", "held", "discussions", "conversations", "spoke", "talked"]
          .contains($0)
      } ?? false
    case "were", "had", "have": return isNamed && next == nil
    default:
      guard isNamed else { return false }
      let rest = nouns.dropFirst(noun + 1)
      return (rest.first == "from" || rest.first == "across")
        && rest.dropFirst().first.map { NumberWords.number(at: [$0]) != nil } == true
        || (rest.first == "in" && rest.dropFirst().first == "total")
    }
  }

  // `23 interviews were conducted with staff`: one interview for each participant.
  private func countsInterviews(_ number: Number, nouns: ArraySlice<String>) -> Bool {
    guard number.value * 2 > rows, let noun = nouns.prefix(3).firstIndex(of: "interviews"),
      nouns[..<noun].allSatisfy({ !Self.partitives.contains($0) })
    else { return false }
    let verbs: Set<String> = ["conducted", "held", "undertaken", "completed", "carried", "done"]
    let rest = nouns.dropFirst(noun + 1)
    guard rest.first == "were", rest.dropFirst().first.map(verbs.contains) == true else {
      return false
    }
    guard let with = rest.firstIndex(of: "with") else { return rest.count <= 3 }
    let partners = rest[(with + 1)...]
    return !partners.indices.contains { NumberWords.number(at: partners[$0...]) != nil }
      && (partners.contains(where: Self.sampleNouns.contains)
        || partners.contains(where: Self.peopleNouns.contains) || namesOrganisation(partners))
  }

  // `participants (n = 22)`, but not `a group of managers (n = 4)` or one of several parts.
  func isEquation(
    _ before: [String], nouns: ArraySlice<String>, in sentence: Sentence
  ) -> Bool {
    guard before.dropLast().last == "n", sentence.hasOneEquation else { return false }
    if sentence.isTitle { return true }
    let lead = before.dropLast(2).filter { $0 != "(" }
    if lead.suffix(6).contains(where: { ["group", "groups", "subgroup"].contains($0) }) {
      return false
    }
    if let last = lead.last, Self.sampleNouns.contains(last) || last == "sample" { return true }
    if lead.isEmpty, nouns.first.map(Self.sampleNouns.contains) == true { return true }
    return sentence.saysSample || namesOrganisation(lead.suffix(2))
  }
}
