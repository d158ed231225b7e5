import Foundation
import QDA

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

/// What two million codings cost in memory, with every index.
enum Memory {
  static let sources = 5000
  static let codingsPerSource = 400

  /// How long the processor has worked for this program.
  static func processorTime() -> Duration {
    .microseconds(Int64(clock()) * 1_000_000 / Int64(CLOCKS_PER_SEC))
  }

  /// Fills a store as an import does, source by source, and prints bytes per coding.
  static func run() {
    var random = SplitMix(state: 20_240_117)
    let codes = (0..<1000).map { ID<Code>(derivedFrom: ["code", "\($0)"]) }
    let coders = (0..<16).map { ID<Coder>(derivedFrom: ["coder", "\($0)"]) }
    let stamp = Timestamp(milliseconds: 1_705_449_600_000, zone: 0)
    let before = resident()
    var store = CodingStore()
    for number in 0..<sources {
      let source = ID<Source>(derivedFrom: ["source", "\(number)"])
      var passages: [Passage] = []
      var codings: [Coding] = []
      for index in 0..<codingsPerSource {
        // Four codings in five have a passage of their own, as in the generated projects.
        if passages.isEmpty || index % 5 != 0 {
          let start = Int(random.next() % 40_000)
          passages.append(
            Passage(
              id: ID(using: &random), source: source,
              region: .text(TextSpan(scalars: start..<start + 200)),
              created: Stamp(by: coders[index % 16], at: stamp)))
        }
        codings.append(
          Coding(
            id: ID(using: &random), passage: passages[passages.count - 1].id,
            code: codes[Int(random.next() % 1000)],
            created: Stamp(by: coders[index % 16], at: stamp)))
      }
      store.insert(passages, codings: codings, in: source)
    }
    let bytes = resident() - before
    print(
      "\(store.count) codings, \(store.passageCount) passages: \(bytes / store.count) bytes a coding"
    )
  }

  /// The resident memory of this process in bytes, 0 where the system does not say.
  static func resident() -> Int {
    guard let data = FileManager.default.contents(atPath: "/proc/self/statm") else { return 0 }
    let fields = String(decoding: data, as: UTF8.self).split(separator: " ")
    return (fields.count > 1 ? Int(fields[1]) ?? 0 : 0) * 4096
  }

  /// The most resident memory that this process ever had, 0 where the system does not say.
  static func peak() -> Int {
    guard let data = FileManager.default.contents(atPath: "/proc/self/status") else { return 0 }
    let lines = String(decoding: data, as: UTF8.self).split(separator: "\n")
    let line = lines.first { $0.hasPrefix("VmHWM:") }
    return (line.flatMap { Int($0.filter(\.isNumber)) } ?? 0) << 10
  }
}

/// SplitMix64 (Steele, Lea & Flood 2014), so that every run fills the same rows.
struct SplitMix: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var value = state
    value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
    value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
    return value ^ (value >> 31)
  }
}
