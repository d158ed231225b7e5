/// Reads records as RFC 4180 has them, apart from the library's own reader.
func parseCSV(_ text: String) -> [[String]] {
  var records: [[String]] = []
  var record: [String] = []
  var field = String.UnicodeScalarView()
  var isQuoted = false
  var scalars = Array(text.unicodeScalars)[...]
  while let scalar = scalars.popFirst() {
    switch scalar {
    case "\"" where isQuoted && scalars.first == "\"":
      scalars.removeFirst()
      field.append(scalar)
    case "\"": isQuoted.toggle()
    case "," where !isQuoted:
      record.append(String(field))
      field = String.UnicodeScalarView()
    case "\r" where !isQuoted && scalars.first == "\n":
      scalars.removeFirst()
      records.append(record + [String(field)])
      (record, field) = ([], String.UnicodeScalarView())
    default: field.append(scalar)
    }
  }
  return records
}

/// A page as tags and text, with what is wrong with it.
///
/// It goes by scalars, as HTML does: a tag's end with an accent behind it is a tag's end.
struct ParsedPage {
  private(set) var problems: [String] = []
  private(set) var attributes: [(tag: String, name: String, value: String)] = []
  private(set) var text = ""

  private static let void: Set<String> = ["meta", "br", "input", "link", "img", "hr"]

  init(_ html: String) {
    var open: [String] = []
    var rest = html.unicodeScalars[...]
    while let start = rest.firstIndex(of: "<") {
      text += String(rest[..<start])
      rest = rest[start...].dropFirst()
      guard let end = rest.firstIndex(of: ">") else {
        problems.append("a tag is not closed")
        return
      }
      let tag = String(rest[..<end])
      rest = rest[end...].dropFirst()
      if tag.hasPrefix("!") { continue }
      if tag.hasPrefix("/") {
        let name = String(tag.dropFirst())
        if open.last == name {
          open.removeLast()
        } else {
          problems.append("</\(name)> closes \(open.last ?? "nothing")")
        }
        continue
      }
      let name = read(tag)
      if !tag.hasSuffix("/"), !Self.void.contains(name) { open.append(name) }
      // What these two hold is no mark-up.
      if name == "style" || name == "script" {
        while let next = rest.firstIndex(of: "<"),
          !rest[next...].starts(with: "</\(name)>".unicodeScalars)
        {
          rest = rest[next...].dropFirst()
        }
        rest = rest.firstIndex(of: "<").map { rest[$0...] } ?? rest
      }
    }
    if !open.isEmpty { problems.append("not closed: \(open)") }
    let ids = values(of: "id")
    if Set(ids).count != ids.count { problems.append("an id stands twice") }
    for target in values(of: "href") where !ids.contains(String(target.dropFirst())) {
      problems.append("no \(target)")
    }
  }

  /// The values of all attributes of a name.
  func values(of name: String) -> [String] {
    attributes.filter { $0.name == name }.map(\.value)
  }

  /// Reads a tag's name and attributes.
  private mutating func read(_ tag: String) -> String {
    func isSpace(_ scalar: Unicode.Scalar) -> Bool { scalar.properties.isWhitespace }
    var rest = tag.unicodeScalars[...]
    if rest.last == "/" { rest.removeLast() }
    let name = String(rest.prefix { !isSpace($0) })
    rest = rest.drop { !isSpace($0) }.drop { isSpace($0) }
    while !rest.isEmpty {
      let key = String(rest.prefix { $0 != "=" && !isSpace($0) })
      rest = rest.drop { $0 != "=" && !isSpace($0) }
      var value = ""
      if rest.first == "=" {
        rest.removeFirst()
        let isQuoted = rest.first == "\""
        if isQuoted { rest.removeFirst() }
        value = String(rest.prefix { isQuoted ? $0 != "\"" : !isSpace($0) })
        rest = rest.drop { isQuoted ? $0 != "\"" : !isSpace($0) }
        if isQuoted { rest = rest.dropFirst() }
      }
      attributes.append((name, key, value))
      rest = rest.drop { isSpace($0) }
    }
    return name
  }
}
