extension CodingMatrix {
  /// Hands over the words of every coding under every case, row by row and code by code.
  ///
  /// Labels and stamps inside of a range are part of what is handed over. A source whose text was just
  /// used is not asked for again.
  ///
  /// - Returns: How many excerpts there were.
  /// - Throws: ``TextUnavailable`` where a text cannot be had.
  public func forEachExcerpt(
    in project: Project, _ body: (ID<Case>, ID<Code>, String) -> Void
  ) throws(TextUnavailable) -> Int {
    var count = 0
    var last: (source: UInt32, block: SourceBlock, text: Text)?
    for (row, one) in cases.enumerated() {
      for entry in entries(ofRow: row) {
        if last?.source != entry.source {
          let source = sources[Int(entry.source)]
          guard let block = store.blocks[source] else { continue }
          last = (entry.source, block, try project.texts.text(of: source))
        }
        guard let last, let span = last.block.span(ofCodingAt: Int(entry.coding)) else { continue }
        let end = min(span.end, UInt32(clamping: last.text.scalarCount))
        guard let shown = TextSpan(start: min(span.start, end), end: end) else { continue }
        body(one, codes[Int(entry.column)], last.text[shown])
        count += 1
      }
    }
    return count
  }
}

extension SourceBlock {
  /// The range of the text that a coding is of, or `nil` where it is of another region.
  fileprivate func span(ofCodingAt position: Int) -> TextSpan? {
    let passage = passages[Int(codings[position].passage)]
    if !passageExtras.isEmpty, passageExtras[passage.id]?.region != nil { return nil }
    return TextSpan(start: passage.start, end: passage.end)
  }
}
