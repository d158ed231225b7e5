public import QDACore

extension StudyFolder {
  /// The charts of the study as a book.
  ///
  /// - Parameters:
  ///   - themes: The themes to show, or `nil` for all.
  ///   - rows: The cases in the order of all sheets; without them, the study's.
  public func chartBook(themes: [ID<Code>]? = nil, rows: [Case]? = nil) -> ChartBook {
    let maker = ChartBookMaker(self, rows: rows ?? project.rows)
    return maker.book(themes: themes ?? project.codebook.themes.map(\.id))
  }
}

/// Puts the charts of a study into a book.
private struct ChartBookMaker {
  let folder: StudyFolder
  let rows: [Case]
  private let matrix: CodingMatrix
  private let attribution: QDACore.Attribution

  init(_ folder: StudyFolder, rows: [Case]) {
    self.folder = folder
    self.rows = rows
    attribution = QDACore.Attribution(folder.project)
    matrix = CodingMatrix(folder.project, by: attribution)
  }

  func book(themes: [ID<Code>]) -> ChartBook {
    let project = folder.project
    let charts = themes.compactMap { project.chart(of: $0) }
    var titles: Set<String> = []
    var sheets: [ChartBook.Sheet] = []
    let numbers = numbers(of: charts)
    var alternatives: [ChartBook.Alternative] = []
    for chart in charts {
      let columns = chart.columns.map { code in
        let key = folder.key(of: code.id)
        var title = Self.title(of: code)
        if !titles.insert(title).inserted {
          title += " (\(key))"
          titles.insert(title)
        }
        return ChartBook.Column(code: key, title: title)
      }
      sheets.append(
        ChartBook.Sheet(
          title: Self.title(of: chart.theme), columns: columns,
          rows: rows.map { one in
            ChartBook.Row(
              key: folder.key(of: one.id), name: one.name,
              roles: project.roles(of: one.id).joined(separator: ", "),
              cells: chart.columns.map { code in
                let key = Cell.Key(row: one.id, column: code.id)
                return cell(project.cells[key], numbers)
              })
          }))
      for one in rows {
        for code in chart.columns {
          let cell = project.cells[Cell.Key(row: one.id, column: code.id)]
          alternatives += (cell?.alternatives ?? []).map { said in
            ChartBook.Alternative(
              row: folder.key(of: one.id), code: folder.key(of: code.id),
              author: said.author.by.map { folder.key(of: $0) } ?? "",
              text: ChartText.of(said.state, said.runs, numbers))
          }
        }
      }
    }
    return ChartBook(
      study: folder.keys.study, title: project.title, sheets: sheets,
      quotes: quotes(numbers), alternatives: alternatives)
  }

  private static func title(of code: Code) -> String {
    code.number.isEmpty ? code.name : "\(code.number) \(code.name)"
  }

  private func cell(_ cell: Cell?, _ numbers: [ID<Passage>: Int]) -> ChartBook.Cell {
    let state = cell?.state ?? .notCharted
    return ChartBook.Cell(
      text: ChartText.of(state, cell?.runs ?? [], numbers),
      quotes: (cell?.references ?? []).compactMap { numbers[$0] },
      isState: state != .summarised)
  }

  /// Numbers the passages under and in the cells: case by case, in the order of the text.
  private func numbers(of charts: [Chart]) -> [ID<Passage>: Int] {
    let project = folder.project
    var numbers: [ID<Passage>: Int] = [:]
    for one in rows {
      var own: Set<ID<Passage>> = []
      for chart in charts {
        for code in chart.columns {
          own.formUnion(matrix.codings(of: one.id, code.id).map(\.passage))
          own.formUnion(project.cells[Cell.Key(row: one.id, column: code.id)]?.references ?? [])
        }
      }
      let placed = own.subtracting(numbers.keys).map { id in
        (project.codings[id].map { ($0.source, $0.span?.start ?? 0) }, id)
      }
      for (_, id) in placed.sorted(by: { left, right in
        switch (left.0, right.0) {
        case (let one?, let other?):
          (one.0, one.1, left.1) < (other.0, other.1, right.1)
        case (nil, nil): left.1 < right.1
        default: left.0 != nil
        }
      }) {
        numbers[id] = numbers.count + 1
      }
    }
    return numbers
  }

  private func quotes(_ numbers: [ID<Passage>: Int]) -> [ChartBook.Quote] {
    let project = folder.project
    return numbers.sorted { $0.value < $1.value }.map { id, number in
      let codings = project.codings.codings(ofPassage: id).filter { $0.status == .accepted }
      let quotation = (try? project.quotation(of: id, by: attribution)) ?? nil
      let source = quotation.flatMap { project.sources[$0.source] }
      let codes = codings.compactMap { project.codebook.codes[$0.code] }.map(Self.title)
      return ChartBook.Quote(
        number: number, key: key(of: id, codings),
        cases: (quotation?.cases ?? []).map { folder.key(of: $0) }.joined(separator: ", "),
        place: source.map { "\($0.name):\(quotation?.place.line ?? 1)" } ?? "",
        codes: Set(codes).sorted().joined(separator: "; "), words: quotation?.words ?? "")
    }
  }

  /// How files name a passage: by its own key, else by that of a coding on it.
  private func key(of passage: ID<Passage>, _ codings: [Coding]) -> String {
    if folder.keys.has(passage) { return folder.key(of: passage) }
    return codings.first.map { folder.key(of: $0.id) } ?? passage.description
  }
}

/// The text of a cell in a book.
enum ChartText {
  static func of(_ state: CellState, _ runs: [Run], _ numbers: [ID<Passage>: Int]) -> String {
    guard state == .summarised else {
      let remark = SummaryNotation.text(of: runs, numbers: numbers)
      return remark.isEmpty ? state.inParentheses : "\(state.inParentheses) \(remark)"
    }
    return SummaryNotation.text(of: runs, numbers: numbers)
  }
}
