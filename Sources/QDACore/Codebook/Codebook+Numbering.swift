extension Codebook {
  /// The themes that have subthemes and no "Other" among them, in order.
  public var themesWithoutOther: [Code] {
    themes.filter { theme in
      let below = children(of: theme.id)
      return !below.isEmpty && !below.contains(where: \.isOther)
    }
  }

  /// The number that each code has by its place: themes 1, 2 …, what is below them 1.1, 1.2 ….
  ///
  /// An "Other" comes last and is the ninth where fewer than nine stand before it, so that it keeps its
  /// number while subthemes come and go (Ritchie & Spencer 1994).
  public var placeNumbers: [ID<Code>: String] {
    let byParent = Dictionary(grouping: codes) { $0.parent }
    var numbers: [ID<Code>: String] = [:]
    var stack = [(codes: themes, above: "")]
    while let (siblings, above) = stack.popLast() {
      var last = 0
      for code in siblings.filter({ !$0.isOther }) + siblings.filter(\.isOther)
      where numbers[code.id] == nil {
        last = code.isOther ? max(9, last + 1) : last + 1
        numbers[code.id] = above + "\(last)"
        stack.append((byParent[code.id] ?? [], above + "\(last)."))
      }
    }
    return numbers
  }

  /// The codes whose number does not fit their place in the hierarchy, with what it fails to do.
  ///
  /// Only numbers such as `1` and `1.2` are compared. A gap is no fault: an "Other" is often the
  /// ninth. Nor is a number that comes twice, which whoever reads the codebook reports.
  var outOfOrder: [ID<Code>: String] {
    var found: [ID<Code>: String] = [:]
    var latest: [ID<Code>?: Code] = [:]
    for code in codes {
      guard let number = code.numberParts else { continue }
      let parent = code.parent.flatMap { codes[$0] }
      if let above = parent?.numberParts, number.dropLast() != above[...] {
        found[code.id] = "continue the number \(parent?.number ?? "") of the code above it"
        continue
      }
      // An "Other" keeps its number wherever it stands.
      if code.isOther { continue }
      if let before = latest[parent?.id], let last = before.numberParts,
        number.lexicographicallyPrecedes(last)
      {
        found[code.id] = "follow \(before.number), which stands before it"
        continue
      }
      latest[parent?.id] = code
    }
    return found
  }
}

extension Code {
  /// The parts of a number such as `1.2`, or `nil` for any other.
  fileprivate var numberParts: [Int]? {
    var parts: [Int] = []
    for part in number.split(separator: ".", omittingEmptySubsequences: false) {
      guard let value = Int(part), value >= 0, part.utf8.allSatisfy({ $0 >= 0x30 && $0 <= 0x39 })
      else { return nil }
      parts.append(value)
    }
    return parts
  }
}
