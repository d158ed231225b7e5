import Foundation
import QDA

/// Feeds damaged files to every reader: none may crash, hang or take time out of proportion.
///
/// Time is that of the processor, so that a busy machine makes no reader look slow. A file of a study
/// folder is also read as a part of it.
///
/// `swift run -c release QDABenchmarks fuzz SECONDS SEED FOLDER…` takes the files of the folders, damages
/// them and reads them; `fuzz transcripts SECONDS SEED FOLDER…` reads them as transcripts only. Before
/// each reading the damaged file is written to `fuzz-input-SEED` in the temporary folder, where it is
/// found if the process ends there.
enum Fuzzing {
  static func run(_ given: [String]) throws {
    let areTranscripts = given.first == "transcripts"
    let arguments = areTranscripts ? Array(given.dropFirst()) : given
    guard arguments.count >= 3, let seconds = Double(arguments[0]), let seed = UInt64(arguments[1])
    else {
      print("fuzz takes a number of seconds, a seed and folders of files")
      return
    }
    let files = arguments.dropFirst(2).flatMap { contents(of: $0) }
    guard !files.isEmpty else {
      print("there are no files in these folders")
      return
    }
    let current = FileManager.default.temporaryDirectory.appending(path: "fuzz-input-\(seed)").path
    let folders =
      areTranscripts ? [] : try arguments.dropFirst(2).flatMap { try StudyCopy.all(in: $0) }
    defer { for folder in folders { folder.remove() } }
    let clock = ContinuousClock()
    let start = clock.now
    var random = SplitMix(state: seed)
    var runs = 0
    var slowest = (time: Duration.zero, name: "", size: 0)
    var warm = 0
    while clock.now - start < .seconds(seconds) {
      let file = files[Int(random.next() % UInt64(files.count))]
      let other = files[Int(random.next() % UInt64(files.count))]
      let bytes = damage(file.bytes, with: other.bytes, &random)
      try Data(bytes).write(to: URL(filePath: current))
      let before = Memory.processorTime()
      read(bytes, name: file.name, areTranscripts: areTranscripts)
      for folder in folders { try folder.read(bytes, inPlaceOf: file.path) }
      let time = Memory.processorTime() - before
      runs += 1
      // By then every reader has set up what it keeps.
      if runs == 2000 { warm = Memory.resident() }
      if time > slowest.time { slowest = (time, file.name, bytes.count) }
      if time > .seconds(1) {
        let kept = current + "-slow-\(runs)"
        try Data(bytes).write(to: URL(filePath: kept))
        print("\(file.name), damaged: \(time); kept as \(kept)")
      }
    }
    print(
      "\(runs) damaged files of \(files.count), seed \(seed): no crash; the slowest took "
        + "\(slowest.time) for \(slowest.size) bytes of \(slowest.name); "
        + "\(warm >> 20) MiB resident after 2000, \(Memory.resident() >> 20) MiB at the end")
  }

  private static func read(_ bytes: [UInt8], name: String, areTranscripts: Bool) {
    _ = try? TranscriptReader.read(bytes, name: name)
    if areTranscripts { return }
    _ = try? ProjectReader.read(bytes, name: name)
    for format in ProjectReader.formats {
      _ = try? ProjectReader.read(bytes, name: name, as: format)
    }
    if let decoded = try? TextDecoding.decode(bytes, name: name) {
      _ = try? PublishedStudyReader.read(Text(decoded.value.string), name: name)
    }
  }

  private static func contents(
    of folder: String
  ) -> [(name: String, path: String, bytes: [UInt8])] {
    let names = FileManager.default.enumerator(atPath: folder)?.compactMap { $0 as? String } ?? []
    return names.sorted().compactMap { name in
      guard let bytes = try? FileReading.bytes(ofFile: folder + "/" + name), bytes.count < 1 << 20
      else { return nil }
      return (URL(filePath: name).lastPathComponent, folder + "/" + name, bytes)
    }
  }

  /// Damages a file: bits, numbers, pieces cut out, repeated or taken from another.
  private static func damage(
    _ bytes: [UInt8], with other: [UInt8], _ random: inout SplitMix
  ) -> [UInt8] {
    var result = bytes
    for _ in 0...Int(random.next() % 6) where !result.isEmpty {
      let at = Int(random.next() % UInt64(result.count))
      let end = min(result.count, at + 1 + Int(random.next() % 64))
      switch random.next() % 8 {
      case 0: result[at] ^= 1 << UInt8(random.next() % 8)
      case 1: result[at] = UInt8(truncatingIfNeeded: random.next())
      case 2: result.removeSubrange(at..<end)
      case 3: result.removeSubrange(at...)
      case 4: result.insert(contentsOf: result[at..<end], at: at)
      case 5:
        let texts = [
          "-1", "99999999999999999999", "\u{0}", "<", "\"", "&#0;", "\r\n", "🙂", ":", "|",
        ]
        result.insert(
          contentsOf: Array(texts[Int(random.next() % UInt64(texts.count))].utf8), at: at)
      case 6 where !other.isEmpty:
        let from = Int(random.next() % UInt64(other.count))
        result.replaceSubrange(at..<end, with: other[from..<min(other.count, from + 200)])
      default: result.swapAt(at, Int(random.next() % UInt64(result.count)))
      }
    }
    return result
  }
}

/// A copy of a study folder, in which one file at a time is damaged.
private struct StudyCopy {
  let original: String
  let copy: String

  /// Copies all study folders below a folder.
  static func all(in folder: String) throws -> [StudyCopy] {
    let manager = FileManager.default
    let names = manager.enumerator(atPath: folder)?.compactMap { $0 as? String } ?? []
    return try names.sorted().filter { $0.hasSuffix("/study.yaml") }.map { name in
      let original = folder + "/" + name.dropLast("/study.yaml".count)
      let copy = manager.temporaryDirectory.appending(path: UUID().uuidString).path
      try manager.copyItem(atPath: original, toPath: copy)
      return StudyCopy(original: original, copy: copy)
    }
  }

  /// Reads the study with other bytes in the place of a file, where the file is one of its.
  func read(_ bytes: [UInt8], inPlaceOf path: String) throws {
    guard path.hasPrefix(original + "/") else { return }
    let place = URL(filePath: copy + path.dropFirst(original.count))
    try Data(bytes).write(to: place)
    if var folder = try? StudyFolder.read(at: copy).value {
      _ = folder.check()
      folder.update(to: folder.project)
    }
    try Data(contentsOf: URL(filePath: path)).write(to: place)
  }

  func remove() { try? FileManager.default.removeItem(atPath: copy) }
}
