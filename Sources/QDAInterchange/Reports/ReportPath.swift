internal import QDACore

/// The names by which other tools say where something is in a tree.
enum ReportPath {
  /// What NVivo calls the roots of its trees; they are no part of a name.
  private static let roots: Set<String> = [
    "cases", "classifications", "codes", "externals", "files", "internals", "memos", "nodes",
  ]

  /// A name as NVivo writes it: two backslashes after a folder, one between parent and child.
  struct NVivo: Equatable {
    /// The root of the tree in lower case, such as `files`; empty where the name has none.
    var root = ""
    /// The folders from the root down.
    var folders: [String] = []
    /// The names from the topmost parent down.
    var names: [String]

    init(_ text: String) {
      var parts: [String] = []
      var rest = text.trimmed[...]
      while let range = rest.firstRange(of: "\\\\") {
        parts.append(String(rest[..<range.lowerBound]))
        rest = rest[range.upperBound...]
      }
      names = rest.split(separator: "\\").map(\.trimmed).filter { !$0.isEmpty }
      if parts.count + names.count > ReportPath.greatestDepth {
        parts = []
        names = [text.trimmed]
      }
      if names.isEmpty { names = [parts.popLast() ?? ""] }
      if let first = parts.first, ReportPath.roots.contains(first.lowercased()) {
        root = first.lowercased()
        parts.removeFirst()
      }
      folders = parts.filter { !$0.isEmpty }
    }

    /// The name itself.
    var name: String { names.last ?? "" }
  }

  /// The names of a code's path from the top down, by whichever separator the tool uses.
  ///
  /// MAXQDA writes ` > `, NVivo `\`, and people who use ATLAS.ti `::`.
  static func code(_ text: String) -> [String] {
    for separator in [" > ", "::"] where text.contains(separator) {
      return names(text.split(separator: separator).map(\.trimmed), of: text)
    }
    if text.contains("\\") {
      let path = NVivo(text)
      return names(path.folders + path.names, of: text)
    }
    return [text.trimmed]
  }

  /// No codebook is deeper than this; what looks so is a name with separators in it.
  static let greatestDepth = 64

  private static func names(_ parts: [String], of text: String) -> [String] {
    let names = parts.filter { !$0.isEmpty }
    return names.isEmpty || names.count > greatestDepth ? [text.trimmed] : names
  }

  /// A head or row name of an NVivo matrix without its counter: `A : Int01` or `12 : Hope`.
  ///
  /// - Returns: The counter and the name, or `nil` where there is no counter.
  static func counted(_ text: String) -> (counter: String, name: String)? {
    let parts = text.split(separator: " : ", maxSplits: 1)
    guard parts.count == 2, let counter = parts.first, !counter.isEmpty else { return nil }
    let isLetters = counter.utf8.allSatisfy { (0x41...0x5A).contains($0) }
    let isNumber = counter.utf8.allSatisfy { (0x30...0x39).contains($0) }
    guard isLetters || isNumber else { return nil }
    return (String(counter), parts[1].trimmed)
  }

  /// A file's name without folders and ending.
  static func stem(_ name: String) -> String {
    let leaf = name.split(separator: "/").last.map(String.init) ?? name
    guard let dot = leaf.lastIndex(of: "."), dot != leaf.startIndex else { return leaf }
    return String(leaf[..<dot])
  }
}
