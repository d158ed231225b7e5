public import QDACore

/// A kind of object that a study folder knows by a key.
public protocol StudyKeyed: Identified {
  /// The word for the kind, from which ids are derived; it never changes.
  static var kindWord: String { get }
}

extension Coder: StudyKeyed {
  /// `coder`.
  public static var kindWord: String { "coder" }
}

extension Attribute: StudyKeyed {
  /// `attribute`.
  public static var kindWord: String { "attribute" }
}

extension Source: StudyKeyed {
  /// `source`.
  public static var kindWord: String { "source" }
}

extension Case: StudyKeyed {
  /// `case`.
  public static var kindWord: String { "case" }
}

extension Code: StudyKeyed {
  /// `code`.
  public static var kindWord: String { "code" }
}

extension Passage: StudyKeyed {
  /// `passage`.
  public static var kindWord: String { "passage" }
}

extension Coding: StudyKeyed {
  /// `coding`.
  public static var kindWord: String { "coding" }
}

extension Note: StudyKeyed {
  /// `note`.
  public static var kindWord: String { "note" }
}

extension Element: StudyKeyed {
  /// `element`.
  public static var kindWord: String { "element" }
}

extension Configuration: StudyKeyed {
  /// `configuration`.
  public static var kindWord: String { "configuration" }
}

extension Slot: StudyKeyed {
  /// `slot`.
  public static var kindWord: String { "slot" }
}

extension Edge: StudyKeyed {
  /// `edge`.
  public static var kindWord: String { "edge" }
}

extension Link: StudyKeyed {
  /// `link`.
  public static var kindWord: String { "link" }
}

extension ReadingRecord: StudyKeyed {
  /// `reading`.
  public static var kindWord: String { "reading" }
}

extension IndexingRule: StudyKeyed {
  /// `rule`.
  public static var kindWord: String { "rule" }
}

extension QDACore.Category: StudyKeyed {
  /// `category`.
  public static var kindWord: String { "category" }
}

extension Typology: StudyKeyed {
  /// `typology`.
  public static var kindWord: String { "typology" }
}

extension Explanation: StudyKeyed {
  /// `explanation`.
  public static var kindWord: String { "explanation" }
}

extension Evidence: StudyKeyed {
  /// `evidence`.
  public static var kindWord: String { "evidence" }
}

extension Statement: StudyKeyed {
  /// `statement`.
  public static var kindWord: String { "statement" }
}

extension TheoryVersion: StudyKeyed {
  /// `theory`.
  public static var kindWord: String { "theory" }
}

extension MatrixEntry: StudyKeyed {
  /// `matrix-entry`.
  public static var kindWord: String { "matrix-entry" }
}

/// The keys of a study's objects: the words by which its files refer to them.
struct StudyKeys: Sendable {
  /// The study's own key, from which every id is derived.
  let study: String
  private var ids: [String: [String: ID<StudyKeys>]] = [:]
  private var keys: [String: [ID<StudyKeys>: String]] = [:]

  init(study: String) { self.study = ID<StudyKeys>(study)?.description ?? study }

  /// The id that follows from a key: the key itself where it is a GUID.
  func derived<Object: StudyKeyed>(_ key: String, _ type: Object.Type = Object.self) -> ID<Object> {
    ID(key) ?? ID(derivedFrom: [study, Object.kindWord, key])
  }

  /// Enters a key, or says that another object of the kind has it already.
  mutating func enter<Object: StudyKeyed>(_ key: String, for id: ID<Object>) -> Bool {
    let raw = ID<StudyKeys>(high: id.high, low: id.low)
    guard ids[Object.kindWord]?[key] == nil, keys[Object.kindWord]?[raw] == nil else {
      return false
    }
    ids[Object.kindWord, default: [:]][key] = raw
    keys[Object.kindWord, default: [:]][raw] = key
    return true
  }

  /// The object that a key or a GUID means, if there is one.
  func id<Object: StudyKeyed>(for key: String, _ type: Object.Type = Object.self) -> ID<Object>? {
    if let raw = ids[Object.kindWord]?[key] { return ID(high: raw.high, low: raw.low) }
    guard let raw = ID<StudyKeys>(key), keys[Object.kindWord]?[raw] != nil else { return nil }
    return ID(high: raw.high, low: raw.low)
  }

  /// The key of an object; one that has none is known by its GUID.
  func key<Object: StudyKeyed>(of id: ID<Object>) -> String {
    keys[Object.kindWord]?[ID(high: id.high, low: id.low)] ?? id.description
  }

  func has<Object: StudyKeyed>(_ id: ID<Object>) -> Bool {
    keys[Object.kindWord]?[ID(high: id.high, low: id.low)] != nil
  }

  /// All keys of a kind, sorted, for suggestions.
  func all<Object: StudyKeyed>(_ type: Object.Type) -> [String] {
    (ids[Object.kindWord] ?? [:]).keys.sorted()
  }
}
