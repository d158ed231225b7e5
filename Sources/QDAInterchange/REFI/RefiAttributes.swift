internal import QDACore

/// The attributes of one element that few elements of a project have.
struct RefiAttributes {
  private var values: [RefiName: String] = [:]
  /// Attributes that REFI-QDA does not know.
  private(set) var unknown: [(name: String, value: String)] = []

  init(_ element: borrowing XMLStart) {
    for index in 0..<element.attributeCount {
      let number = element.attributeName(index)
      if number >= 0, element.isOwnAttribute(index) {
        values[RefiName.allCases[number]] = element.value(index)
      } else if element.attributeNamespace(index) != Self.schemaInstance {
        unknown.append((element.attributeLocalName(index), element.value(index)))
      }
    }
  }

  private static let schemaInstance = "http://www.w3.org/2001/XMLSchema-instance"

  subscript(_ name: RefiName) -> String? { values[name] }

  /// Attributes that REFI-QDA knows, but not on an element of this name, in the order of their names.
  func strange(to element: RefiName) -> [(name: String, value: String)] {
    guard let own = element.attributes else { return [] }
    return values.filter { !own.contains($0.key) && $0.key != .description }
      .map { ($0.key.rawValue, $0.value) }.sorted { $0.0 < $1.0 }
  }

  /// A value that is there and not empty.
  func text(_ name: RefiName) -> String? { values[name].flatMap { $0.isEmpty ? nil : $0 } }

  /// The files that a source or note is kept in.
  var files: SourceFiles {
    SourceFiles(
      plainText: text(.plainTextPath), richText: text(.richTextPath), media: text(.path),
      original: text(.currentPath))
  }
}
