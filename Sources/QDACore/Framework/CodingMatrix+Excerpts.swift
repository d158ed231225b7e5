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
    var last: (source: UInt32, text: Text)?
    for entry in entries {
      let source = sources[Int(entry.source)]
      guard let block = store.blocks[source] else { continue }
      let text: Text
      if let known = last, known.source == entry.source {
        text = known.text
      } else {
        text = try project.texts.text(of: source)
        last = (entry.source, text)
      }
      let row = block.codings[Int(entry.coding)]
      let passage = block.passages[Int(row.passage)]
      let isText =
        block.passageExtras.isEmpty || block.passageExtras[passage.id]?.region == nil
      guard isText, let span = TextSpan(start: passage.start, end: passage.end) else { continue }
      let end = min(span.end, UInt32(clamping: text.scalarCount))
      guard let shown = TextSpan(start: min(span.start, end), end: end) else { continue }
      body(cases[Int(entry.row)], codes[Int(entry.column)], text[shown])
      count += 1
    }
    return count
  }
}
