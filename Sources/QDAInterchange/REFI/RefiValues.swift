internal import QDACore

/// Colours as other tools write them.
enum HexColor {
  /// The colour as `#rrggbb` with digits as they are written, or `nil` for what is none.
  ///
  /// Understands `#rgb`, `#rrggbb` and `#rrggbbaa` with or without the sign, and `rgb()` and `rgba()`.
  static func canonical(_ text: String) -> String? {
    let trimmed = text.trimmed
    let lower = trimmed.lowercased()
    if lower.hasPrefix("rgb"), let open = lower.firstIndex(of: "("), lower.last == ")" {
      let parts = lower[lower.index(after: open)...].dropLast().split { $0 == "," || $0 == " " }
      let numbers = parts.prefix(3).compactMap { Int($0) }
      guard numbers.count == 3, numbers.allSatisfy((0...255).contains) else { return nil }
      return "#" + numbers.map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
    }
    let digits = trimmed.hasPrefix("#") ? String(trimmed.dropFirst()) : trimmed
    guard digits.utf8.allSatisfy({ $0.hexadecimalDigit != nil }) else { return nil }
    switch digits.count {
    case 3: return "#" + digits.map { "\($0)\($0)" }.joined()
    case 6: return "#" + digits
    case 8: return "#" + digits.prefix(6)
    default: return nil
    }
  }

  /// Whether something shines through a colour, of which nothing is kept.
  static func isTransparent(_ text: String) -> Bool {
    let lower = text.trimmed.lowercased()
    if lower.hasPrefix("rgba") {
      let last = lower.dropLast().split { $0 == "," || $0 == " " }.last
      return last.flatMap { Double($0) } != 1
    }
    return lower.drop { $0 == "#" }.utf8.count == 8 && !lower.hasSuffix("ff")
  }
}

extension UInt8 {
  /// The value of a hexadecimal digit, or `nil`.
  fileprivate var hexadecimalDigit: UInt8? {
    switch self {
    case 0x30...0x39: self - 0x30
    case 0x41...0x46: self - 0x37
    case 0x61...0x66: self - 0x57
    default: nil
    }
  }
}

extension Timestamp {
  /// Reads a time whose fraction is finer than a millisecond, and cuts it.
  init?(cutting text: String) {
    guard let point = text.firstIndex(of: ".") else { return nil }
    let fraction = text[text.index(after: point)...].prefix { $0.isASCII && $0.isNumber }
    guard fraction.count > 3 else { return nil }
    self.init(text[...point] + fraction.prefix(3) + text[fraction.endIndex...])
  }

  private init?(_ parts: Substring...) {
    self.init(parts.joined())
  }
}

extension Timestamp {
  /// What a file says where a time is not known and another program would stop without one.
  static let standsForNone = Timestamp(milliseconds: 0, zone: 0)
}

extension Stamp {
  /// The stamp without a time that only stands for none.
  func withoutStandIn(modified: Stamp) -> Stamp {
    at == .standsForNone && modified.at == nil ? Stamp(by: by) : self
  }
}
