internal import QDACore

/// Gives keys to the objects of a project that no file knows yet.
///
/// A key is a word that people can read, made from the object's name; where the GUID does not follow
/// from it, the record says the GUID too. What is only ever referred to by machines keeps its GUID.
struct StudyNaming {
  var keys: StudyKeys
  private(set) var sourceFiles: [ID<Source>: String]
  private var usedFiles: Set<String>

  init(keys: StudyKeys, sourceFiles: [ID<Source>: String]) {
    self.keys = keys
    self.sourceFiles = sourceFiles
    usedFiles = Set(sourceFiles.values.map { $0.lowercased() })
  }

  mutating func name(_ project: Project) {
    for coder in project.coders { name(coder.id, coder.initials, coder.name) }
    for attribute in project.attributes { name(attribute.id, attribute.name) }
    for source in project.sources where (try? project.texts.text(of: source.id)) != nil {
      nameSource(source)
    }
    for one in project.cases { name(one.id, one.name) }
    for code in project.codebook.inReadingOrder { name(code.id, code.name, code.number) }
    nameCodings(project)
    for record in project.readings {
      let source = keys.key(of: record.source)
      name(record.id, "\(source)-\(record.purpose.rawValue)")
    }
    for one in project.categories { name(one.id, one.name) }
    for one in project.typologies { name(one.id, one.name) }
    for one in project.explanations { name(one.id, one.text) }
    for rule in project.rules { name(rule.id, rule.name) }
    for element in project.elements { name(element.id, element.text) }
    for one in project.configurations { nameConfiguration(one) }
    for link in project.links {
      name(link.id, "\(keys.key(of: link.from))-\(keys.key(of: link.to))")
    }
    for version in project.theory {
      name(version.id, version.title, version.stage.rawValue)
      for statement in version.statements { name(statement.id, statement.text) }
    }
    for note in project.notes { name(note.id, note.title, note.kind.rawValue) }
    for evidence in project.evidence { enterGUID(evidence.id) }
    for entry in project.realistMatrix { enterGUID(entry.id) }
  }

  // The first name that the id follows from, else the first that is free.
  private mutating func name<Object: StudyKeyed>(_ id: ID<Object>, _ names: String...) {
    guard !keys.has(id) else { return }
    let words = names.map(Self.word).filter { !$0.isEmpty }
    for candidate in names + words where !candidate.isEmpty && Self.isKey(candidate) {
      let derived: ID<Object> = keys.derived(candidate)
      if derived == id, keys.enter(candidate, for: id) { return }
    }
    for word in words where keys.enter(word, for: id) { return }
    guard let first = words.first else {
      enterGUID(id)
      return
    }
    for number in 2..<100 where keys.enter("\(first)-\(number)", for: id) { return }
    enterGUID(id)
  }

  private mutating func enterGUID<Object: StudyKeyed>(_ id: ID<Object>) {
    if !keys.has(id) { _ = keys.enter(id.description, for: id) }
  }

  private mutating func nameSource(_ source: Source) {
    guard sourceFiles[source.id] == nil else { return }
    let stem = StudyTranscript.stem(source.name)
    let known = keys.has(source.id)
    if !known { name(source.id, stem) }
    let key = keys.key(of: source.id)
    var file = Self.isKey(key) ? "\(key).txt" : "\(source.id).txt"
    if !usedFiles.insert(file.lowercased()).inserted {
      file = "\(source.id).txt"
      usedFiles.insert(file)
    }
    sourceFiles[source.id] = file
  }

  // A passage of one coding only needs no key where it follows from the coding's.
  private mutating func nameCodings(_ project: Project) {
    for source in project.codings.sources where sourceFiles[source] != nil {
      for coding in project.codings.codings(in: source)
      where coding.provenance == .table || coding.provenance == .imported {
        enterGUID(coding.id)
        let own: ID<Passage> = keys.derived(keys.key(of: coding.id))
        if own == coding.passage, !keys.has(own) {
          _ = keys.enter(keys.key(of: coding.id), for: own)
        }
        enterGUID(coding.passage)
      }
    }
  }

  private mutating func nameConfiguration(_ one: Configuration) {
    name(one.id, one.label)
    let key = keys.key(of: one.id)
    var counts: [String: Int] = [:]
    for slot in one.slots where !keys.has(slot.id) {
      let letter = slot.role.first.map { String($0).lowercased() } ?? "s"
      let derived = (1..<100).map { "\(key)/\(letter)\($0)" }.first {
        keys.derived($0, Slot.self) == slot.id
      }
      if let derived, keys.enter(derived, for: slot.id) { continue }
      var entered = false
      while !entered, counts[letter, default: 0] < one.slots.count + 100 {
        counts[letter, default: 0] += 1
        entered = keys.enter("\(key)/\(letter)\(counts[letter, default: 0])", for: slot.id)
      }
    }
    for edge in one.edges where !keys.has(edge.id) {
      let from = keys.key(of: edge.from).dropFirst(key.count + 1)
      let to = keys.key(of: edge.to).dropFirst(key.count + 1)
      _ = keys.enter("\(key)/\(from) > \(to)", for: edge.id)
    }
  }

  /// Whether a text can be a key and a part of a file's name as it is.
  static func isKey(_ text: String) -> Bool {
    text.count <= 40 && !text.hasPrefix(".")
      && text.unicodeScalars.allSatisfy {
        $0.isLetter || $0.isDigit || "-_.".unicodeScalars.contains($0)
      }
  }

  /// A short word made from a name: its first words, joined by hyphens.
  static func word(_ name: String) -> String {
    if isKey(name) { return name }
    var words: [String] = []
    var length = 0
    for word in name.split(whereSeparator: { !$0.isLetter && !$0.isNumber }) {
      let word = word.lowercased().unicodeScalars.filter { $0.isLetter || $0.isDigit }
      guard !word.isEmpty, length + word.count <= 32, words.count < 5 else { break }
      words.append(String(String.UnicodeScalarView(word)))
      length += word.count + 1
    }
    return words.joined(separator: "-")
  }
}
