import Foundation
import QDA

/// How long it takes to read documents and subtitles, beside other programs that read the same.
///
/// `FOLDER` holds what `gen_transcripts.py` of the research material makes: `interview_8000.docx` and
/// so on. The peers run where `QDA_PEERS_PYTHON` names a Python that has them, and pandoc where
/// it is installed; each is timed without its start, except for pandoc.
enum TranscriptPeers {
  static func run(_ arguments: [String]) throws {
    guard let folder = arguments.first else {
      print("transcripts --peers takes the folder of the generated files")
      return
    }
    var rows = [["file", "MB", "QDA s", "MB/s", "peer", "peer s", "times"]]
    let files = try FileManager.default.contentsOfDirectory(atPath: folder).sorted {
      ($0.split(separator: "_").first ?? "", $0.count, $0)
        < ($1.split(separator: "_").first ?? "", $1.count, $1)
    }
    for file in files where file.contains("_") {
      let path = folder + "/" + file
      let bytes = try FileReading.bytes(ofFile: path)
      let own = try best(of: 3) { _ = try TranscriptReader.read(bytes, name: file) }
      let size = Double(bytes.count) / 1e6
      let lead = [file, number(size), number(own), number(size / own)]
      var peers = peers(for: file).compactMap { name in
        time(of: name, path).map { (name, $0) }
      }
      if file.hasSuffix(".txt") { peers.append(("reading the file", reading(path))) }
      if peers.isEmpty { rows.append(lead + ["", "", ""]) }
      for (index, peer) in peers.enumerated() {
        rows.append(
          (index == 0 ? lead : ["", "", "", ""])
            + [peer.0, number(peer.1), number(peer.1 / own)])
      }
    }
    print(Columns.aligned(rows))
    print("\(Memory.resident() >> 20) MiB resident at the end")
  }

  /// Reads each file once and says what that cost, as a program that does nothing else.
  static func read(_ files: [String]) throws {
    for path in files {
      let bytes = try FileReading.bytes(ofFile: path)
      let before = Memory.resident()
      let start = Memory.processorTime()
      let transcript = try TranscriptReader.read(bytes, name: path).value
      let time = seconds(Memory.processorTime() - start)
      let size = Double(bytes.count)
      print(
        "\(path): \(transcript.source.turns.count) turns, \(number(time)) s, "
          + "\(number(size / 1e6 / time)) MB/s, \(number(Double(Memory.peak() - before) / size)) "
          + "bytes of memory a byte besides the file itself")
    }
  }

  private static func best(of runs: Int, _ body: () throws -> Void) rethrows -> Double {
    let clock = ContinuousClock()
    var best = Double.infinity
    for _ in 0..<runs {
      let time = try clock.measure(body)
      best = min(best, seconds(time))
    }
    return best
  }

  private static func seconds(_ time: Duration) -> Double {
    Double(time.components.seconds) + Double(time.components.attoseconds) / 1e18
  }

  private static func number(_ value: Double) -> String { String(format: "%.3f", value) }

  private static func reading(_ path: String) -> Double {
    best(of: 3) {
      let bytes = try? FileReading.bytes(ofFile: path)
      _ = bytes.map { String(decoding: $0, as: UTF8.self).utf8.count }
    }
  }

  private static func peers(for file: String) -> [String] {
    switch file.split(separator: ".").last {
    case "docx": ["python-docx", "docx2txt", "mammoth", "pandoc"]
    case "vtt": ["webvtt-py"]
    case "srt": ["pysrt"]
    default: []
    }
  }

  private static func time(of peer: String, _ path: String) -> Double? {
    if peer == "pandoc" {
      return child("/usr/bin/env", ["pandoc", "-t", "plain", "-o", "/dev/null", path])
        .map { $0.seconds }
    }
    guard let python = ProcessInfo.processInfo.environment["QDA_PEERS_PYTHON"] else { return nil }
    guard let script = scripts[peer] else { return nil }
    let whole = "import sys, time\n" + script + "\nprint(time.perf_counter() - t)"
    let output = child(python, ["-c", whole, path])?.output
    return output.flatMap { Double($0.split(separator: "\n").last ?? "") }
  }

  private static let scripts = [
    "python-docx": """
    import docx; t = time.perf_counter()
    x = "\\n".join(p.text for p in docx.Document(sys.argv[1]).paragraphs)
    """,
    "docx2txt": "import docx2txt; t = time.perf_counter(); x = docx2txt.process(sys.argv[1])",
    "mammoth": """
    import mammoth; t = time.perf_counter()
    x = mammoth.extract_raw_text(open(sys.argv[1], "rb")).value
    """,
    "webvtt-py": """
    import webvtt; t = time.perf_counter()
    x = [(c.start, c.end, c.text, c.voice) for c in webvtt.read(sys.argv[1])]
    """,
    "pysrt": """
    import pysrt; t = time.perf_counter()
    x = [(c.start.ordinal, c.end.ordinal, c.text) for c in pysrt.open(sys.argv[1], encoding="utf-8")]
    """,
  ]

  private static func child(
    _ program: String, _ arguments: [String]
  ) -> (output: String, seconds: Double)? {
    let process = Process()
    process.executableURL = URL(filePath: program)
    process.arguments = arguments
    let pipe = Pipe()
    process.standardOutput = pipe
    process.standardError = FileHandle.nullDevice
    let clock = ContinuousClock()
    let start = clock.now
    do { try process.run() } catch { return nil }
    let output = pipe.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    guard process.terminationStatus == 0 else { return nil }
    return (String(decoding: output, as: UTF8.self), seconds(clock.now - start))
  }
}
