/// What a part of an Office document is connected with.
struct PackageRelationship {
  var id, type, target: String
  var isExternal: Bool

  /// The relationships of a part, or of the whole package where the part has no name.
  static func all(
    of part: String, in archive: borrowing ZipArchive, file: String
  ) throws(ReadingError) -> [PackageRelationship] {
    var folders = part.split(separator: "/").map(String.init)
    let name = folders.popLast() ?? ""
    let path = (folders + ["_rels", name + ".rels"]).joined(separator: "/")
    guard archive.contains(path) else { return [] }
    var found: [PackageRelationship] = []
    try XMLStream.read(try archive.content(of: path), file: file, part: path) {
      (event: XMLEvent) throws(ReadingError) in
      guard case .start(let element) = event, element.name == "Relationship" else { return }
      found.append(
        PackageRelationship(
          id: element["Id"] ?? "", type: element["Type"] ?? "", target: element["Target"] ?? "",
          isExternal: element["TargetMode"] == "External"))
    }
    return found
  }

  /// A target relative to the part that names it, or from the root where it begins with a slash.
  static func path(_ target: String, from part: String) -> String {
    if target.hasPrefix("/") { return String(target.dropFirst()) }
    var folders = part.split(separator: "/").dropLast().map(String.init)
    for step in target.split(separator: "/") {
      if step == ".." { _ = folders.popLast() } else if step != "." { folders.append(String(step)) }
    }
    return folders.joined(separator: "/")
  }
}
