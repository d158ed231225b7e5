import Foundation

/// Times by what was timed, in the order in which it was first.
struct Timings {
  private var times: [(what: String, seconds: [Double])] = []

  mutating func note(_ what: String, _ seconds: Double) {
    if let known = times.firstIndex(where: { $0.what == what }) {
      times[known].seconds.append(seconds)
    } else {
      times.append((what, [seconds]))
    }
  }

  mutating func time<Result>(_ what: String, _ body: () throws -> Result) rethrows -> Result {
    let began = ContinuousClock.now
    let result = try body()
    note(what, Self.seconds(since: began))
    return result
  }

  /// Runs a command by the shell; where its last line is a JSON object with `compute_s`, as those of
  /// the limits and peers are, that is its time.
  mutating func run(_ command: String) throws {
    let process = Process()
    process.executableURL = URL(filePath: "/bin/sh")
    process.arguments = ["-c", command]
    let pipe = Pipe()
    process.standardOutput = pipe
    let began = ContinuousClock.now
    try process.run()
    let output = pipe.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    let whole = Self.seconds(since: began)
    let last = output.split(separator: UInt8(ascii: "\n")).last ?? Data()
    let said = try? JSONSerialization.jsonObject(with: Data(last)) as? [String: Any]
    note(command, said?["compute_s"] as? Double ?? whole)
  }

  private static func seconds(since began: ContinuousClock.Instant) -> Double {
    let time = began.duration(to: .now).components
    return Double(time.seconds) + Double(time.attoseconds) / 1e18
  }

  /// Prints the median of each, between the least and the most.
  func print() {
    for (what, seconds) in times {
      let sorted = seconds.sorted()
      let median = sorted[sorted.count / 2]
      Swift.print(
        String(format: "%9.4f s [%.4f–%.4f] ", median, sorted[0], sorted[sorted.count - 1]) + what)
    }
    Swift.print("\(Memory.resident() >> 20) MiB resident")
  }
}
