internal import FoundationEssentials
public import QDACore

/// A change as the history of a study keeps it.
public struct HistoryEntry: Hashable, Sendable, Codable {
  /// Its number among all changes of the study, from 1.
  public var number: Int
  /// The digest of the entry before it in the same file; empty for the first.
  public var previous: String
  /// What was changed, by whom, when and why.
  public var change: Change
}

/// A line of `history/*.jsonl`: an entry, sealed by a digest that covers the one before.
///
/// A line that is edited, taken out or put in later no longer fits its digest or the next line's.
enum HistoryLine {
  private static let head = "{\"digest\":\""
  private static let middle = "\",\"entry\":"

  static func text(of entry: HistoryEntry) -> [UInt8]? {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    guard let bytes = try? encoder.encode(entry) else { return nil }
    return Array((head + Digest(of: bytes).description + middle).utf8) + bytes + Array("}\n".utf8)
  }

  /// The digest that a line states and the bytes that it seals, or `nil` for a line of another form.
  static func parts(_ line: some Collection<UInt8>) -> (digest: String, entry: [UInt8])? {
    var line = Array(line)
    while line.last == 0x0A || line.last == 0x0D { line.removeLast() }
    let start = head.utf8.count + 64 + middle.utf8.count
    guard line.count > start, line.last == UInt8(ascii: "}"),
      line.starts(with: head.utf8), line[(head.utf8.count + 64)...].starts(with: middle.utf8)
    else { return nil }
    let digest = String(decoding: line[head.utf8.count..<head.utf8.count + 64], as: UTF8.self)
    return (digest, Array(line[start..<line.count - 1]))
  }

  /// The lines of a file whose seal is broken, numbered from 1.
  static func broken(in bytes: [UInt8]) -> [Int] {
    var broken: [Int] = []
    var previous = ""
    for (number, line) in lines(of: bytes) {
      guard let (digest, entry) = parts(line) else { continue }
      let stated = (try? JSONDecoder().decode(Link.self, from: Data(entry)))?.previous
      if Digest(of: entry).description != digest || stated != previous { broken.append(number) }
      previous = digest
    }
    return broken
  }

  private struct Link: Decodable { var previous: String }

  static func lines(of bytes: [UInt8]) -> [(number: Int, bytes: ArraySlice<UInt8>)] {
    bytes.split(separator: 0x0A, omittingEmptySubsequences: false).enumerated()
      .map { ($0 + 1, $1) }
      .filter { !$0.1.allSatisfy { $0 <= 0x20 } }
  }
}

extension StudyFolder {
  /// The changes that the history holds, in the order in which they were made.
  ///
  /// A line of another form is no entry; an entry whose seal is broken is found by reading the folder.
  public var history: [HistoryEntry] {
    files.keys.filter { $0.hasPrefix("history/") }.sorted().flatMap { file in
      HistoryLine.lines(of: files[file] ?? []).compactMap { line in
        HistoryLine.parts(line.bytes).flatMap {
          try? JSONDecoder().decode(HistoryEntry.self, from: Data($0.entry))
        }
      }
    }.sorted { $0.number < $1.number }
  }

  /// The id of the next change by somebody, which follows from the study and from what was before.
  public func nextChangeID(by coder: ID<Coder>?) -> ID<Change> {
    let last = history.last?.change.id.description ?? ""
    return ID(derivedFrom: [
      project.id.description, "change", last, coder?.description ?? "",
      String(history.count + 1),
    ])
  }

  /// Applies a change and enters it in the history of whoever made it.
  ///
  /// - Throws: ``ChangeConflict`` where the study is not as the change knew it; nothing is then changed.
  public mutating func apply(_ change: Change) throws(ChangeConflict) {
    var changed = project
    try changed.apply(change)
    let number = (history.last?.number ?? 0) + 1
    update(to: changed)
    let file = "history/\(change.stamp.by.map { keys.key(of: $0) } ?? "unknown").jsonl"
    let previous =
      HistoryLine.lines(of: files[file] ?? []).last.flatMap { HistoryLine.parts($0.bytes)?.digest }
    let entry = HistoryEntry(number: number, previous: previous ?? "", change: change)
    guard let line = HistoryLine.text(of: entry) else { return }
    var bytes = files[file] ?? []
    if let last = bytes.last, last != 0x0A { bytes.append(0x0A) }
    files[file] = bytes + line
    if let head = HistoryLine.parts(line).flatMap({ Digest($0.digest) }) {
      record(head, of: String(file.dropFirst("history/".count)))
    }
  }

  /// Keeps the digest of the last line of a file of the history in study.yaml.
  private mutating func record(_ head: Digest, of file: String) {
    guard let bytes = files["study.yaml"] else { return }
    func tree(_ heads: [String: Digest]) -> YAMLValue {
      let entries = heads.sorted { $0.key < $1.key }
      return .map([
        (
          "history",
          heads.isEmpty ? nil : .map(entries.map { ($0.key, .text($0.value.description)) })
        )
      ])
    }
    let before = settings.heads
    settings.heads[file] = head
    let document = YAMLDocument.read(bytes, name: "study.yaml").value
    files["study.yaml"] = YAMLPatch.apply(
      from: tree(before), to: tree(settings.heads), in: document)
  }
}
