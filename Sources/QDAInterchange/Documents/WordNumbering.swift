/// Computes the automatic numbers that a word processor shows before paragraphs.
struct WordNumbering {
  private struct Level {
    var start = 1
    var format = "decimal"
    var text = ""
  }

  private var lists: [String: [Int: Level]] = [:]
  private var listOfNumber: [String: String] = [:]
  private var starts: [String: [Int: Int]] = [:]
  private var counters: [String: [Int]] = [:]
  private var begun: Set<String> = []

  /// The lists of paragraph styles, and the styles that they are based on.
  private var styles: [String: (list: String?, level: Int?, base: String?)] = [:]
  /// The levels of lists that belong to styles.
  private var levelOfStyle: [String: [String: Int]] = [:]

  private static let deepest = 9

  /// Reads the parts that define the lists of a document and the styles that number paragraphs.
  init(
    _ part: String?, styles: String?, _ archive: borrowing ZipArchive, _ file: String
  ) throws(ReadingError) {
    guard let part else { return }
    if let styles { try readStyles(styles, archive, file) }
    var list = ""
    var number = ""
    var level = 0
    var stack: [String] = []
    try XMLStream.read(try archive.content(of: part), file: file, part: part) {
      (event: XMLEvent) throws(ReadingError) in
      guard case .start(let element) = event else {
        if case .end = event { _ = stack.popLast() }
        return
      }
      let parent = stack.last ?? ""
      stack.append(element.name)
      let value = element["val"] ?? ""
      switch element.name {
      case "abstractNum": list = element["abstractNumId"] ?? ""
      case "num": number = element["numId"] ?? ""
      case "abstractNumId" where parent == "num": listOfNumber[number] = value
      case "lvl", "lvlOverride":
        level = element["ilvl"].flatMap { Int($0) } ?? 0
        if parent == "abstractNum" { lists[list, default: [:]][level] = Level() }
      case "startOverride": starts[number, default: [:]][level] = Int(value)
      case "start" where stack.contains("abstractNum"):
        lists[list]?[level]?.start = Int(value) ?? 1
      case "numFmt" where stack.contains("abstractNum"): lists[list]?[level]?.format = value
      case "pStyle" where parent == "lvl": levelOfStyle[list, default: [:]][value] = level
      case "lvlText" where stack.contains("abstractNum"): lists[list]?[level]?.text = value
      default: break
      }
    }
  }

  private mutating func readStyles(
    _ part: String, _ archive: borrowing ZipArchive, _ file: String
  ) throws(ReadingError) {
    var style = ""
    var stack: [String] = []
    var found = styles
    try XMLStream.read(try archive.content(of: part), file: file, part: part) {
      (event: XMLEvent) throws(ReadingError) in
      guard case .start(let element) = event else {
        if case .end = event { _ = stack.popLast() }
        return
      }
      let parent = stack.last ?? ""
      stack.append(element.name)
      switch element.name {
      case "style":
        style = element["styleId"] ?? ""
        found[style] = (nil, nil, nil)
      case "basedOn" where parent == "style": found[style]?.base = element["val"]
      case "numId" where parent == "numPr": found[style]?.list = element["val"]
      case "ilvl" where parent == "numPr": found[style]?.level = element["val"].flatMap { Int($0) }
      default: break
      }
    }
    styles = found
  }

  /// The list and level with which a style numbers its paragraphs, or `nil`.
  func place(ofStyle style: String) -> (list: String, level: Int)? {
    var name = style
    // A style may be based on itself in a broken document.
    for _ in 0..<20 {
      guard let found = styles[name] else { return nil }
      if let list = found.list {
        let levels = listOfNumber[list].flatMap { levelOfStyle[$0] }
        return (list, found.level ?? levels?[style] ?? levels?[name] ?? 0)
      }
      guard let base = found.base else { return nil }
      name = base
    }
    return nil
  }

  /// What is shown before the next paragraph of a list: `nil` where the list is not known, and
  /// nothing for a bullet.
  mutating func label(number: String, level: Int) -> String? {
    guard let list = listOfNumber[number], let levels = lists[list],
      (0..<Self.deepest).contains(level), let own = levels[level]
    else { return nil }
    var counts = counters[list] ?? []
    // A number with starts of its own begins the list anew.
    if begun.insert(number).inserted, starts[number] != nil { counts = [] }
    while counts.count <= level {
      let depth = counts.count
      let start = starts[number]?[depth] ?? levels[depth]?.start ?? 1
      counts.append(depth == level ? start - 1 : start)
    }
    counts[level] = counts[level] &+ 1
    counts.removeSubrange((level + 1)...)
    counters[list] = counts
    if own.format == "bullet" || own.format == "none" { return "" }
    var label = ""
    var rest = own.text[...]
    while let sign = rest.popFirst() {
      guard sign == "%", let depth = rest.first?.wholeNumberValue,
        (1...counts.count).contains(depth)
      else {
        label.append(sign)
        continue
      }
      rest.removeFirst()
      label += Self.write(counts[depth - 1], levels[depth - 1]?.format ?? "decimal")
    }
    return label
  }

  static func write(_ number: Int, _ format: String) -> String {
    switch format {
    case "decimalZero": number < 10 ? "0\(number)" : "\(number)"
    case "lowerLetter": letters(number)
    case "upperLetter": letters(number).uppercased()
    case "lowerRoman": roman(number)
    case "upperRoman": roman(number).uppercased()
    default: "\(number)"
    }
  }

  // a, b, … z, aa, bb, … as word processors count.
  private static func letters(_ number: Int) -> String {
    guard (1...780).contains(number),
      let letter = Unicode.Scalar(UInt32(0x61 + (number - 1) % 26))
    else { return "\(number)" }
    return String(repeating: String(Character(letter)), count: (number - 1) / 26 + 1)
  }

  private static func roman(_ number: Int) -> String {
    guard (1...3999).contains(number) else { return "\(number)" }
    let signs = [
      (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"),
      (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
    ]
    var rest = number
    var text = ""
    for (value, sign) in signs {
      while rest >= value {
        text += sign
        rest -= value
      }
    }
    return text
  }
}
