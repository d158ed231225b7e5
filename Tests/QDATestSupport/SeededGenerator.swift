/// A generator whose numbers follow from its seed: SplitMix64 (Steele, Lea & Flood 2014).
public struct SeededGenerator: RandomNumberGenerator, Sendable {
  private var state: UInt64

  /// Creates a generator; equal seeds give equal numbers.
  public init(seed: UInt64) {
    state = seed
  }

  /// The next number.
  public mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var value = state
    value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
    value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
    return value ^ (value >> 31)
  }
}

extension SeededGenerator {
  /// One of some values.
  public mutating func pick<Element>(_ values: [Element]) -> Element {
    values[Int.random(in: 0..<values.count, using: &self)]
  }

  /// True once in so many times.
  public mutating func once(in times: Int) -> Bool {
    Int.random(in: 0..<times, using: &self) == 0
  }

  /// A text of some words with astral characters, combining marks, odd spaces and line ends.
  public mutating func text(words count: Int) -> String {
    let words = [
      "and", "the", "worker", "rang", "back", "cèilidh", "e\u{301}tude", "👩🏽‍🦽", "𝔔", "won’t", "—",
      "10:30", "a\u{202F}b", "\u{FEFF}", "“aye”", "日本", "=1+1", "[x]", "{y}", "a;b", "a,b", "\"q\"",
    ]
    var text = ""
    for index in 0..<count {
      if index > 0 { text += once(in: 9) ? "\n" : " " }
      text += pick(words)
    }
    return text
  }
}
