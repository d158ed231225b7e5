internal import QDACore

/// The times in a table: as clocks, in seconds, or in milliseconds.
struct TurnColumnTimes {
  struct Time {
    var range: Range<Int>
    var start: Int
    var end: Int?
    var precision: TranscriptTime.Precision
  }

  /// The milliseconds of one unit of a plain number.
  private let unit: Int
  private let isNVivo: Bool
  /// Whether the times are those of the day.
  let isWall: Bool

  // Recognisers write milliseconds as whole numbers; people write seconds, which rise slowly.
  init(_ rows: [[Range<Int>]], _ columns: [Int], _ lines: Lines, _ options: TranscriptOptions) {
    let notation = options.timeNotation
    isNVivo = notation == .nvivo
    var values: [Int] = []
    var areWhole = true
    for row in rows {
      for column in columns where row.indices.contains(column) {
        let text = lines.string(row[column]).trimmingLayoutSpace
        if text.isEmpty { continue }
        guard let value = Int(text) else {
          areWhole = false
          continue
        }
        values.append(value)
      }
    }
    let greatest = values.max() ?? 0
    let areThousandths =
      notation.map { $0 == .milliseconds } ?? (areWhole && greatest >= 100 * max(1, rows.count))
    unit = areThousandths ? 1 : 1000
    isWall =
      options.clock.map { $0 == .wall }
      ?? TurnTimes.areOfTheDay(
        rows.flatMap { row in
          columns.compactMap { column in
            guard row.indices.contains(column) else { return nil }
            let cell = row[column]
            let start = lines.skipSpaces(from: cell.lowerBound, to: cell.upperBound)
            return Timecode.read(lines.scalars, at: start, limit: cell.upperBound)
          }
        })
  }

  func time(_ row: [Range<Int>], _ column: Int, _ lines: Lines) -> Time? {
    guard row.indices.contains(column) else { return nil }
    let cell = lines.trimmingEnd(of: row[column])
    let start = lines.skipSpaces(from: cell.lowerBound, to: cell.upperBound)
    let short = isNVivo ? NVivoTimes.read(lines, at: start, limit: cell.upperBound) : nil
    if let stamp = short ?? Timecode.read(lines.scalars, at: start, limit: cell.upperBound) {
      return Time(
        range: stamp.range, start: stamp.start, end: stamp.end, precision: stamp.precision)
    }
    let text = lines.string(start..<cell.upperBound)
    guard text.utf8.count <= 15, let value = Self.number(text), value >= 0, value < 1e10 else {
      return nil
    }
    let isWhole = unit == 1000 && Int(text) != nil
    return Time(
      range: start..<cell.upperBound, start: Int((value * Double(unit)).rounded()),
      precision: isWhole ? .seconds : .milliseconds)
  }

  /// A time as it goes on beyond midnight, where it is one of the day.
  func time(
    _ row: [Range<Int>], _ column: Int, _ lines: Lines, _ clock: inout DayClock
  ) -> Time? {
    guard var time = time(row, column, lines), isWall else { return time(row, column, lines) }
    time.start = clock.time(time.start)
    time.end = time.end.map { clock.time($0) }
    return time
  }

  /// A number whose fraction follows a point or, as spreadsheets write it in most languages, a comma.
  static func number(_ text: some StringProtocol) -> Double? {
    Double(String(text.map { $0 == "," ? "." : $0 }))
  }

  static func isDecimalSign(_ character: Character) -> Bool { character == "." || character == "," }
}
