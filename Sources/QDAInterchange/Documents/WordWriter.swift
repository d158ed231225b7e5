internal import FoundationEssentials
public import QDACore

/// Writes a manuscript as a Word document (`.docx`), with headings, tables and links within it.
///
/// The parts carry the time 1 January 1980, and no name of a person or program: equal manuscripts give
/// equal bytes.
public enum WordWriter {
  /// Writes the document in the place of a file.
  public static func write(_ manuscript: Manuscript, to path: String) throws(WritingError) {
    let archive = try ZipWriter(path: path)
    let parts: [(String, [UInt8])] = [
      ("[Content_Types].xml", Array(contentTypes.utf8)),
      ("_rels/.rels", Array(relationships.utf8)),
      ("word/_rels/document.xml.rels", Array(documentRelationships.utf8)),
      ("word/styles.xml", Array(styles.utf8)), ("word/numbering.xml", Array(numbering.utf8)),
      ("word/document.xml", document(manuscript)),
    ]
    for (name, bytes) in parts {
      try archive.add(name) { put in try put(bytes) }
    }
    try archive.finish()
  }

  /// The main part of the document.
  static func document(_ manuscript: Manuscript) -> [UInt8] {
    var body = WordBodyWriter()
    body.open()
    for block in manuscript.blocks { body.add(block) }
    body.close()
    return body.xml.bytes
  }

  private static let head = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n"

  private static let contentTypes =
    head + """
      <Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">\
      <Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>\
      <Default Extension="xml" ContentType="application/xml"/>\
      <Override PartName="/word/document.xml" ContentType="\
      application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/>\
      <Override PartName="/word/styles.xml" ContentType="\
      application/vnd.openxmlformats-officedocument.wordprocessingml.styles+xml"/>\
      <Override PartName="/word/numbering.xml" ContentType="\
      application/vnd.openxmlformats-officedocument.wordprocessingml.numbering+xml"/></Types>
      """

  private static let relationships =
    head + """
      <Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">\
      <Relationship Id="rId1" Type="\
      http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" \
      Target="word/document.xml"/></Relationships>
      """

  private static let documentRelationships =
    head + """
      <Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">\
      <Relationship Id="rId1" Type="\
      http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles" Target="styles.xml"/>\
      <Relationship Id="rId2" Type="\
      http://schemas.openxmlformats.org/officeDocument/2006/relationships/numbering" \
      Target="numbering.xml"/></Relationships>
      """

  private static let namespace =
    "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\""

  private static var styles: String {
    var text =
      head + "<w:styles \(namespace)><w:docDefaults><w:rPrDefault><w:rPr>"
      + "<w:rFonts w:ascii=\"Calibri\" w:hAnsi=\"Calibri\" w:cs=\"Calibri\"/><w:sz w:val=\"21\"/>"
      + "<w:lang w:val=\"en-GB\"/></w:rPr></w:rPrDefault><w:pPrDefault><w:pPr>"
      + "<w:spacing w:after=\"120\" w:line=\"264\" w:lineRule=\"auto\"/></w:pPr></w:pPrDefault>"
      + "</w:docDefaults><w:style w:type=\"paragraph\" w:default=\"1\" w:styleId=\"Normal\">"
      + "<w:name w:val=\"Normal\"/></w:style>"
    for (level, size) in [(1, 40), (2, 30), (3, 25), (4, 22)] {
      text +=
        "<w:style w:type=\"paragraph\" w:styleId=\"Heading\(level)\"><w:name w:val=\"heading \(level)\"/>"
        + "<w:basedOn w:val=\"Normal\"/><w:next w:val=\"Normal\"/><w:pPr><w:keepNext/>"
        + "<w:spacing w:before=\"\(level == 1 ? 0 : 320)\" w:after=\"100\"/>"
        + "<w:outlineLvl w:val=\"\(level - 1)\"/></w:pPr><w:rPr><w:b/><w:color w:val=\"175A63\"/>"
        + "<w:sz w:val=\"\(size)\"/></w:rPr></w:style>"
    }
    return text
      + "<w:style w:type=\"paragraph\" w:styleId=\"Cell\"><w:name w:val=\"Cell\"/>"
      + "<w:basedOn w:val=\"Normal\"/><w:pPr><w:spacing w:after=\"40\" w:line=\"240\" "
      + "w:lineRule=\"auto\"/></w:pPr><w:rPr><w:sz w:val=\"17\"/></w:rPr></w:style>"
      + "<w:style w:type=\"paragraph\" w:styleId=\"ListItem\"><w:name w:val=\"List Item\"/>"
      + "<w:basedOn w:val=\"Normal\"/><w:pPr><w:numPr><w:numId w:val=\"1\"/></w:numPr>"
      + "<w:spacing w:after=\"60\"/></w:pPr></w:style></w:styles>"
  }

  private static let numbering =
    head + """
      <w:numbering xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">\
      <w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:start w:val="1"/>\
      <w:numFmt w:val="bullet"/><w:lvlText w:val="•"/><w:lvlJc w:val="left"/>\
      <w:pPr><w:ind w:left="426" w:hanging="284"/></w:pPr></w:lvl></w:abstractNum>\
      <w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>
      """
}

/// The body of a Word document as it is written.
private struct WordBodyWriter {
  var xml = XMLBuffer()
  private var bookmark = 0

  mutating func open() {
    xml.raw("<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n")
    xml.raw("<w:document xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\">")
    xml.raw("<w:body>")
  }

  // On its side, because the matrices are wide.
  mutating func close() {
    xml.raw("<w:sectPr><w:pgSz w:w=\"16838\" w:h=\"11906\" w:orient=\"landscape\"/>")
    xml.raw("<w:pgMar w:top=\"1000\" w:right=\"1000\" w:bottom=\"1000\" w:left=\"1000\" ")
    xml.raw("w:header=\"500\" w:footer=\"500\" w:gutter=\"0\"/></w:sectPr></w:body></w:document>")
  }

  mutating func add(_ block: Manuscript.Block) {
    switch block {
    case .heading(let level, let line): paragraph(line, style: "Heading\(min(max(level, 1), 4))")
    case .paragraph(let line): paragraph(line, style: nil)
    case .item(let line): paragraph(line, style: "ListItem")
    case .table(let head, let rows): table(head, rows)
    }
  }

  private mutating func paragraph(_ line: Manuscript.Line, style: String?, isBold: Bool = false) {
    xml.raw("<w:p>")
    if let style {
      xml.raw("<w:pPr><w:pStyle w:val=\"")
      xml.attribute(style)
      xml.raw("\"/></w:pPr>")
    }
    if let anchor = line.anchor {
      bookmark += 1
      xml.raw("<w:bookmarkStart w:id=\"")
      xml.number(bookmark)
      xml.raw("\" w:name=\"")
      xml.attribute(Self.bookmarkName(anchor))
      xml.raw("\"/><w:bookmarkEnd w:id=\"")
      xml.number(bookmark)
      xml.raw("\"/>")
    }
    for run in line.runs {
      if let link = run.link {
        xml.raw("<w:hyperlink w:anchor=\"")
        xml.attribute(Self.bookmarkName(link))
        xml.raw("\">")
      }
      self.run(run, isBold: isBold)
      if run.link != nil { xml.raw("</w:hyperlink>") }
    }
    xml.raw("</w:p>")
  }

  private mutating func run(_ run: Manuscript.Run, isBold: Bool) {
    xml.raw("<w:r>")
    if isBold || run.isBold || run.isItalic || run.link != nil {
      xml.raw("<w:rPr>")
      if isBold || run.isBold { xml.raw("<w:b/>") }
      if run.isItalic { xml.raw("<w:i/>") }
      if run.link != nil { xml.raw("<w:color w:val=\"175A63\"/>") }
      xml.raw("</w:rPr>")
    }
    xml.raw("<w:t xml:space=\"preserve\">")
    xml.content(run.text)
    xml.raw("</w:t></w:r>")
  }

  private mutating func table(_ head: [Manuscript.Line], _ rows: [[[Manuscript.Line]]]) {
    let count = max(head.count, rows.map(\.count).max() ?? 0)
    guard count > 0 else { return }
    xml.raw("<w:tbl><w:tblPr><w:tblW w:w=\"5000\" w:type=\"pct\"/><w:tblBorders>")
    for side in ["top", "left", "bottom", "right", "insideH", "insideV"] {
      xml.raw("<w:")
      xml.content(side)
      xml.raw(" w:val=\"single\" w:sz=\"4\" w:space=\"0\" w:color=\"BFB9AA\"/>")
    }
    xml.raw("</w:tblBorders></w:tblPr><w:tblGrid>")
    for _ in 0..<count {
      xml.raw("<w:gridCol w:w=\"")
      xml.number(14838 / count)
      xml.raw("\"/>")
    }
    xml.raw("</w:tblGrid>")
    row(head.map { [$0] }, count: count, isHead: true)
    for cells in rows { row(cells, count: count, isHead: false) }
    xml.raw("</w:tbl>")
    // Two tables without a paragraph between them would run together.
    xml.raw("<w:p/>")
  }

  private mutating func row(_ cells: [[Manuscript.Line]], count: Int, isHead: Bool) {
    xml.raw("<w:tr>")
    if isHead { xml.raw("<w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>") }
    for index in 0..<count {
      xml.raw("<w:tc><w:tcPr><w:tcW w:w=\"")
      xml.number(14838 / count)
      xml.raw("\" w:type=\"dxa\"/>")
      if isHead { xml.raw("<w:shd w:val=\"clear\" w:color=\"auto\" w:fill=\"ECE7DA\"/>") }
      xml.raw("</w:tcPr>")
      let lines = cells.indices.contains(index) ? cells[index] : []
      for line in lines { paragraph(line, style: "Cell", isBold: isHead) }
      // A cell holds a paragraph at least.
      if lines.isEmpty { xml.raw("<w:p/>") }
      xml.raw("</w:tc>")
    }
    xml.raw("</w:tr>")
  }

  /// A name that Word takes: forty letters, digits and underscores, a letter first.
  private static func bookmarkName(_ anchor: String) -> String {
    let plain = anchor.unicodeScalars.map { scalar -> Character in
      let isPlain =
        ("a"..."z").contains(scalar) || ("A"..."Z").contains(scalar) || ("0"..."9").contains(scalar)
      return isPlain ? Character(scalar) : "_"
    }
    return String(("a_" + String(plain)).prefix(40))
  }
}
