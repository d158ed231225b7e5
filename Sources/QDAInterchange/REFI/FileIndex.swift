internal import Foundation
internal import QDACore

/// Finds the file that a path of a project means.
///
/// Programs write `internal://GUID.txt`, the name alone, or another case than the archive has.
struct FileIndex {
  private var places: [String: String] = [:]
  private let names: Set<String>

  init(_ names: [String]) {
    self.names = Set(names)
    for name in names {
      let lower = name.lowercased()
      if lower.hasPrefix("__macosx/") || lower.hasSuffix("/.root") { continue }
      places[lower] = name
      let last = lower.split(separator: "/").last.map(String.init) ?? lower
      // A file in the folder of sources counts before one elsewhere.
      if places[last] == nil || lower.hasPrefix("sources/") { places[last] = name }
    }
  }

  /// The file that a path means, or `nil` where it is not here.
  subscript(path: String) -> String? {
    var rest = path[...]
    if let scheme = rest.range(of: "://") { rest = rest[scheme.upperBound...] }
    // Two files may differ in case only.
    let exact = String(rest)
    if let place = ["sources/" + exact, exact].first(where: { names.contains($0) }) {
      return place
    }
    let lower = rest.lowercased().replacing("\\", with: "/").drop { $0 == "/" }
    if let place = places["sources/" + lower] ?? places[String(lower)] { return place }
    let decoded = String(lower).removingPercentEncoding ?? String(lower)
    if let place = places["sources/" + decoded] ?? places[decoded] { return place }
    guard path.hasPrefix("internal://") || !path.contains("://") else { return nil }
    return lower.split(separator: "/").last.flatMap { places[String($0)] }
  }
}

/// Texts that are read from the files of a project when they are asked for.
///
/// Only such texts are served as can be used without converting positions: one whose line ends turn
/// out to take two characters is refused rather than shown beside the wrong passages.
struct FileTexts: TextStore {
  let files: any FileStore
  let places: [ID<Source>: String]
  let held: MemoryTexts
  let encoding: TextEncoding?
  /// Whether line ends stay as they are in the file.
  var isRaw = false

  func text(of source: ID<Source>) throws(TextUnavailable) -> Text {
    guard let place = places[source] else { return try held.text(of: source) }
    var bytes: [UInt8] = []
    do {
      try files.read(place) { piece in bytes.append(piece) }
      // Most texts need nothing but to be looked at: no mark, and no line end of two characters.
      let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
      let body = bytes.starts(with: mark) ? bytes.dropFirst(3) : bytes[...]
      if isRaw || !hasReturn(bytes),
        let text = String(validating: body, as: UTF8.self)
      {
        return Text(text)
      }
      return try PositionedText(bytes, name: place, encoding: encoding).text
    } catch {
      throw TextUnavailable(source: source, reason: "\(error)")
    }
  }

  private func hasReturn(_ bytes: [UInt8]) -> Bool {
    unsafe bytes.withUnsafeBytes { bytes in
      guard let start = bytes.baseAddress else { return false }
      return unsafe memchr(start, 0x0D, bytes.count) != nil
    }
  }
}
