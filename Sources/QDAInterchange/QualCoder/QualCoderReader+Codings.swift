internal import QDACore

extension QualCoderReader {
  mutating func readTextCodings() throws(ReadingError) {
    var linked = 0
    for row in try content.rowsIfPresent(
      "code_text", ["ctid", "cid", "fid", "pos0", "pos1"],
      optional: ["seltext", "owner", "date", "memo", "avid", "important"], orderedBy: ["ctid"])
    {
      guard let start = row.integer("pos0"), let end = row.integer("pos1") else {
        content.leftOut(1, "codings without positions")
        continue
      }
      if row.integer("avid") != nil { linked += 1 }
      let stored = StoredSelection(start: start, end: end, quote: row.text("seltext"))
      add(row, key: "ctid", source: "fid", stored: stored)
    }
    content.leftOut(linked, "links from coded words to a stretch of the recording")
  }

  mutating func readPictureCodings() throws(ReadingError) {
    for row in try content.rowsIfPresent(
      "code_image", ["imid", "id", "x1", "y1", "width", "height", "cid"],
      optional: ["owner", "date", "memo", "important", "pdf_page"], orderedBy: ["imid"])
    {
      guard let x = row.integer("x1"), let y = row.integer("y1"), let width = row.integer("width"),
        let height = row.integer("height"), let right = Self.sum(x, width),
        let bottom = Self.sum(y, height)
      else {
        content.leftOut(1, "coded boxes without positions")
        continue
      }
      let box = Box(first: Point(x: x, y: y), second: Point(x: right, y: bottom))
      if let page = row.integer("pdf_page") {
        // Counted from the top of a drawn page, whose height only the PDF file knows.
        content.leftOut(1, "positions of boxes on pages of PDF files but as a remark")
        add(
          row, key: "imid", source: "id", region: .whole,
          description: "page \(page), box \(x),\(y) to \(right),\(bottom) from the top left")
      } else {
        add(row, key: "imid", source: "id", region: .picture(box))
      }
    }
  }

  mutating func readRecordingCodings() throws(ReadingError) {
    for row in try content.rowsIfPresent(
      "code_av", ["avid", "id", "pos0", "pos1", "cid"],
      optional: ["owner", "date", "memo", "important"], orderedBy: ["avid"])
    {
      guard let start = row.integer("pos0"), let end = row.integer("pos1"), start <= end else {
        content.leftOut(1, "coded stretches of recordings without times")
        continue
      }
      add(row, key: "avid", source: "id", region: .time(start..<end))
    }
  }

  private static func sum(_ left: Int, _ right: Int) -> Int? {
    let (sum, overflow) = left.addingReportingOverflow(right)
    return overflow ? nil : sum
  }

  private mutating func add(
    _ row: DatabaseRow, key: String, source: String, region: Region = .whole,
    description: String = "", stored: StoredSelection? = nil
  ) {
    guard let number = row.integer(key) else { return }
    guard let file = row.integer(source).flatMap({ sources[$0] }) else {
      content.missing("source", for: "coding")
      return
    }
    if row.integer("important") ?? 0 != 0 { content.leftOut(1, "marks of codings as important") }
    let stamp = result.stamp(row.text("owner"), row.text("date"))
    let id: ID<Passage> = result.id(row.table, String(number))
    var selection = DatabaseImport.Selection(
      passage: Passage(
        id: id, source: file, region: region, description: description, created: stamp),
      stored: stored)
    if let code = row.integer("cid").flatMap({ codes[$0] }) {
      selection.codings = [
        Coding(
          id: result.id(row.table, String(number)), passage: id, code: code, created: stamp,
          comment: row.string("memo"), provenance: .imported)
      ]
    } else {
      content.missing("code", for: "coding", isKept: true)
    }
    result.add(selection)
  }
}
