internal import QDACore

/// A range of ages, both ends included.
public struct AgeBand: Hashable, Sendable {
  /// The lowest age.
  public var lower: Int
  /// The highest age, or `nil` for an open band such as `56+`.
  public var upper: Int?

  /// Creates a band; `lower` is not above `upper`.
  public init(_ lower: Int, _ upper: Int?) {
    self.lower = lower
    self.upper = upper
  }

  /// Whether the two have an age in common.
  public func overlaps(_ other: AgeBand) -> Bool {
    lower <= other.upper ?? .max && other.lower <= upper ?? .max
  }

  /// The bands that a study uses, when no list is given: those used at least twice.
  ///
  /// Of two bands that overlap the one used more often stays, else the one met first.
  public static func vocabulary(of used: [AgeBand]) -> [AgeBand] {
    var counts: [AgeBand: Int] = [:]
    var order: [AgeBand] = []
    for band in used {
      if counts[band] == nil { order.append(band) }
      counts[band, default: 0] += 1
    }
    let repeated = order.enumerated().filter { counts[$0.element, default: 0] > 1 }
    let ranked = repeated.sorted {
      let (left, right) = (counts[$0.element, default: 0], counts[$1.element, default: 0])
      return left == right ? $0.offset < $1.offset : left > right
    }
    var chosen: [AgeBand] = []
    for (_, band) in ranked where !chosen.contains(where: band.overlaps) { chosen.append(band) }
    return chosen.sorted()
  }
}

extension AgeBand: Comparable {
  /// Orders bands by their ends; an open band comes after every closed one.
  public static func < (left: AgeBand, right: AgeBand) -> Bool {
    if (left.upper == nil) != (right.upper == nil) { return right.upper == nil }
    return left.lower == right.lower
      ? left.upper ?? .max < right.upper ?? .max : left.lower < right.lower
  }
}

extension AgeBand: CustomStringConvertible {
  /// The band as `26–35` or `56+`.
  public var description: String { AttributeValue.band(lower, upper).description }
}

/// What a cell of an age column says.
public enum AgeReading: Hashable, Sendable {
  /// A band whose ends are in order.
  case band(AgeBand)
  /// A band whose lower end stands last; what was meant is not guessed.
  case reversed(Int, Int)
  /// One age.
  case age(Int)
  /// Said to be unknown, or left blank.
  case missing
  /// Nothing of the kind.
  case unreadable

  /// Reads a cell such as `26–35`, `26 to 35`, `56+`, `56 and over`, `under 26` or `34 years`.
  public init(_ text: String) {
    let parts = Self.parts(of: text)
    let (first, second, third) = (parts.first, parts.dropFirst().first, parts.dropFirst(2).first)
    switch (first, second, third, parts.count) {
    case (.number(let age), nil, nil, 1): self = .age(age)
    case (.number(let lower), .to, .number(let upper), 3):
      self = lower > upper ? .reversed(lower, upper) : .band(AgeBand(lower, upper))
    case (.number(let lower), .up, nil, 2), (.from, .number(let lower), nil, 2):
      self = .band(AgeBand(lower, nil))
    case (.above, .number(let limit), nil, 2): self = .band(AgeBand(limit + 1, nil))
    case (.below, .number(let limit), nil, 2) where limit > 0: self = .band(AgeBand(0, limit - 1))
    case (.upTo, .number(let limit), nil, 2), (.number(let limit), .down, nil, 2):
      self = .band(AgeBand(0, limit))
    default: self = Self.saysMissing(text) ? .missing : .unreadable
    }
  }

  private enum Part: Hashable {
    case number(Int)
    case to, up, down, from, above, below, upTo, other
  }

  private static func saysMissing(_ text: String) -> Bool {
    let key = text.comparisonKey
    return key.unicodeScalars.allSatisfy(\.isDash) || missingWords.contains(key)
  }

  private static let missingWords: Set<String> = [
    "n/a", "na", "not stated", "not given", "not known", "not reported", "not disclosed",
    "unknown", "missing", "undisclosed", "prefer not to say", "declined",
  ]

  // Words that say nothing about the range are left out; words after a number that open it are one.
  private static func parts(of text: String) -> [Part] {
    var parts: [Part] = []
    var rest = text.lowercased().unicodeScalars[...]
    while let scalar = rest.first {
      if scalar.isDigit {
        let digits = rest.prefix(while: \.isDigit)
        rest = rest[digits.endIndex...]
        parts.append(digits.count <= 4 ? Int(String(digits)).map(Part.number) ?? .other : .other)
      } else if scalar.isLetter {
        let word = rest.prefix(while: \.isLetter)
        rest = rest[word.endIndex...]
        append(word: String(word), to: &parts)
      } else {
        rest.removeFirst()
        switch scalar {
        case _ where scalar.isBlank: break
        case ".", ",", "(", ")": break
        case _ where scalar.isDash: parts.append(.to)
        case "+", "＋": parts.append(.up)
        case "≥": parts.append(.from)
        case ">": parts.append(.above)
        case "≤": parts.append(.upTo)
        case "<": parts.append(.below)
        case "=" where parts.last == .above: parts[parts.count - 1] = .from
        case "=" where parts.last == .below: parts[parts.count - 1] = .upTo
        default: parts.append(.other)
        }
      }
    }
    return parts
  }

  private static func append(word: String, to parts: inout [Part]) {
    var followsNumber = false
    if case .number? = parts.last { followsNumber = true }
    switch word {
    case "years", "year", "yrs", "yr", "y", "old", "aged", "age", "or", "and": break
    case "to": parts.append(.to)
    case "plus": parts.append(.up)
    case "over", "above", "older", "more", "upwards": parts.append(followsNumber ? .up : .above)
    case "under", "below", "younger", "less":
      parts.append(followsNumber ? .down : .below)
    default: parts.append(.other)
    }
  }
}
