/// A name without what stands before and after it: titles, quotation marks, degrees.
struct PersonName {
  /// The words of the name as they are written.
  let words: [Substring]
  /// The title as a key, such as `dr` or `mr`; empty where there is none.
  let title: String

  /// Takes titles off a label or a name; a title alone is a name.
  init(_ label: Substring) {
    var words = label.split(whereSeparator: \.isWhitespace)
    var title = ""
    while words.count > 1, let word = words.first?.lowercased(),
      case let key = word.hasSuffix(".") ? String(word.dropLast()) : word,
      Self.titles.contains(key)
    {
      title = key
      words.removeFirst()
    }
    self.words = words
    self.title = title
  }

  /// The name itself, with single spaces.
  var name: String { words.joined(separator: " ") }

  /// Whether two titles may be of one person: one is missing, or they are the same.
  func mayShareTitle(with other: PersonName) -> Bool {
    title.isEmpty || other.title.isEmpty || title == other.title
  }

  /// The names in a field that says who somebody is, such as `Dr. Jane Smith, PhD, and Tom Hill
  /// (notes)`: those at its start, up to the first comma, bracket or dash.
  static func names(in value: String) -> [String] {
    let head = value.prefix { !",;(–—".contains($0) }
    let quotes: Set<Character> = ["\"", "'", "“", "”", "„", "‘", "’", "«", "»"]
    var parts = [head]
    for word in [" and ", " und ", " et ", " y ", " & ", " + ", " - "] {
      parts = parts.flatMap { $0.split(separator: word) }
    }
    return parts.compactMap { part in
      var name = PersonName(part).words.joined(separator: " ")[...]
      while let first = name.first, quotes.contains(first) { name.removeFirst() }
      while let last = name.last, quotes.contains(last) || last == "." && name.count > 1 {
        name.removeLast()
      }
      return name.isEmpty ? nil : String(name)
    }
  }

  private static let titles: Set<String> = [
    "dr", "mr", "mrs", "ms", "miss", "mx", "prof", "professor", "sir", "dame", "rev", "reverend",
    "herr", "frau", "hr", "fr", "sr", "sra", "srta", "señor", "señora", "don", "doña", "mme",
    "mlle", "monsieur", "madame", "dhr", "mevr", "mevrouw", "sister", "father", "judge", "captain",
    "capt", "sgt", "lord", "lady", "senator", "dott", "sig", "signor", "signora", "dra",
    "m", "me", "pr", "dott.ssa", "dottssa", "prof.ssa", "profssa", "sigra", "sig.na", "signa",
    "sig.ra", "fru", "frk", "meneer", "mw", "pan", "pani", "herra",
    "rouva", "nurse", "coach", "officer", "constable", "inspector", "detective", "pastor", "rabbi",
    "imam", "cllr", "councillor", "minister", "chair", "brother", "mother", "madam", "uncle",
    "aunt", "gen", "col", "lt", "maj", "gov", "sen", "rep", "hon", "adm",
  ]
}

/// The names of a cast, each with what may stand for it: the name without its title, its last
/// words, its first word.
struct PersonNames {
  private var names: [String: PersonName] = [:]
  /// The keys for which a name stands.
  private var longer: [String: [String]] = [:]
  /// The names themselves.
  private var whole: Set<String> = []
  /// The titles that stand before each name.
  private var titles: [String: Set<String>] = [:]

  /// Takes the keys of labels in order of appearance.
  init(_ keys: [String]) {
    for key in keys {
      let core = String(
        String.UnicodeScalarView(LabelShape.withoutAttributes(Array(key.unicodeScalars)[...])))
      let name = PersonName(core[...])
      names[key] = name
      if core != key { longer[core, default: []].append(key) }
      guard !core.contains(where: \.isNumber), RoleWord.of(core) == nil,
        LabelDecision.parts(of: core).count < 2
      else { continue }
      if !name.title.isEmpty { titles[name.name, default: []].insert(name.title) }
      longer[name.name, default: []].append(key)
      whole.insert(name.name)
      for short in Self.shortForms(of: name) { longer[short, default: []].append(key) }
    }
  }

  private static func shortForms(of name: PersonName) -> Set<String> {
    guard name.words.count > 1, let first = name.words.first else { return [] }
    let ends = name.words.indices.dropFirst().map { name.words[$0...].joined(separator: " ") }
    return Set(ends + [String(first)])
  }

  /// The keys whose names are longer forms of a key's.
  func longer(than key: String) -> [String] {
    guard let own = names[key] else { return [] }
    let found = (longer[key] ?? []) + (own.title.isEmpty ? [] : longer[own.name] ?? [])
    // `Mr. Berg` and `Mrs. Berg` are two, whoever `Jan Berg` is.
    let areSeveral = !own.title.isEmpty && titles[own.name]?.count ?? 0 > 1
    return found.filter { other in
      guard other != key, let name = names[other] else { return false }
      if areSeveral ? name.title != own.title : !name.mayShareTitle(with: own) { return false }
      return (name.words.count, name.title.isEmpty ? 0 : 1, other.count)
        > (own.words.count, own.title.isEmpty ? 0 : 1, key.count)
    }
  }

  /// Whether one of two keys, given with their places, is the longer form, or stands first.
  func isLonger(_ left: (offset: Int, element: String), than right: (offset: Int, element: String))
    -> Bool
  {
    func rank(_ one: (offset: Int, element: String)) -> (Int, Int, Int, Int) {
      let name = names[one.element]
      return (
        name?.words.count ?? 0, name?.title.isEmpty == false ? 1 : 0, one.element.count, -one.offset
      )
    }
    return rank(left) > rank(right)
  }

  /// Whether a name that was met once is a form of one of these, or one of these a form of it.
  func vouch(for key: String) -> Bool {
    let name = PersonName(key[...])
    if key.count > 1, longer[name.name] != nil { return true }
    return names.count <= 40
      && Self.shortForms(of: name).contains { $0.count > 1 && whole.contains($0) }
  }
}
