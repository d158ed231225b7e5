/// The times with full stops that begin lines with labels: `00.01.10 Ana: text`, `01.10 Ana: text`.
///
/// Dates and the numbers of paragraphs look the same, so it takes a document in which most labelled
/// lines begin so, times that rise by more than one each, and a first field of zero.
enum DottedTimes {
  /// The times at the starts of lines, by their position.
  static func find(in text: Lines) -> [Int: Timecode] {
    var found: [(place: Int, code: Timecode)] = []
    for line in text.lines where !line.isBlank && text.scalars[line.content].isASCIIDigit {
      if let code = read(text, at: line.content, limit: line.contentEnd) {
        found.append((line.content, code))
      }
    }
    guard found.count >= 3, let first = found.first?.code,
      first.start < (first.fields == 3 ? 3_600_000 : 60_000)
    else { return [:] }
    let labelled = text.lines.count { line in
      text.scalars.utf8[line.content..<min(line.contentEnd, line.content + 80)]
        .contains(UInt8(ascii: ":"))
    }
    guard found.count * 5 >= labelled * 4 else { return [:] }
    let steps = zip(found, found.dropFirst()).map { $1.code.start - $0.code.start }
    guard steps.allSatisfy({ $0 >= 0 }), steps.contains(where: { $0 > 1000 }),
      found.allSatisfy({ $0.code.fields == first.fields })
    else { return [:] }
    return Dictionary(found.map { ($0.place, $0.code) }) { first, _ in first }
  }

  private static func read(_ text: Lines, at position: Int, limit: Int) -> Timecode? {
    var cursor = Timecode.Cursor(
      scalars: text.scalars, position: position, limit: min(limit, position + 16))
    guard let time = cursor.dottedTime(), cursor.position < limit,
      text.scalars[cursor.position].isLayoutSpace
    else { return nil }
    // Each has two digits: `1.10` numbers a paragraph.
    guard cursor.position - position == Int(time.fields) * 3 - 1 else { return nil }
    return Timecode(
      range: position..<cursor.position, start: time.milliseconds, style: .bare,
      fields: time.fields)
  }
}
