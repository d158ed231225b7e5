internal import CLibXLSXWriter
internal import QDACore

/// Writes an XLSX workbook; the only file that knows libxlsxwriter's API.
///
/// Every value is written as text, so that no spreadsheet takes it for a formula. The workbook carries
/// one fixed time, 1 January 1980, as its parts do: equal contents give equal bytes.
@safe
final class WorkbookWriter {
  /// How a cell looks.
  enum Style: CaseIterable {
    /// Wrapped text from the top of the cell.
    case body
    /// The head of a column or row.
    case head
    /// A state rather than a summary.
    case state
  }

  /// A sheet by its position.
  struct Sheet: Hashable { fileprivate var position: Int }

  /// The greatest length of a cell's text, in UTF-16 units.
  static let longestText = 32_767

  private let path: String
  private var book: UnsafeMutablePointer<lxw_workbook>?
  private var sheets: [UnsafeMutablePointer<lxw_worksheet>] = unsafe []
  private var formats: [Style: UnsafeMutablePointer<lxw_format>] = unsafe [:]
  private var failure: lxw_error?

  /// Begins a workbook that is written to a path when it is finished.
  init(path: String, title: String) throws(WritingError) {
    self.path = path
    guard let book = unsafe workbook_new(path) else {
      throw .unwritable(file: path, reason: "the workbook cannot be made")
    }
    unsafe self.book = book
    var properties = unsafe lxw_doc_properties()
    unsafe properties.created = 315_532_800
    unsafe title.withCString { text in
      unsafe properties.title = UnsafeMutablePointer(mutating: text)
      unsafe note(workbook_set_properties(book, &properties))
    }
    for style in Style.allCases {
      guard let format = unsafe workbook_add_format(book) else { continue }
      unsafe format_set_text_wrap(format)
      unsafe format_set_align(format, UInt8(LXW_ALIGN_VERTICAL_TOP.rawValue))
      switch style {
      case .body: break
      case .head:
        unsafe format_set_bold(format)
        unsafe format_set_bg_color(format, 0xE8EDF2)
      case .state:
        unsafe format_set_italic(format)
        unsafe format_set_font_color(format, 0x707070)
      }
      unsafe formats[style] = format
    }
  }

  deinit {
    // A workbook that was never finished is closed all the same, which frees it.
    if let book = unsafe book { _ = unsafe workbook_close(book) }
  }

  private func note(_ code: lxw_error) {
    if code != LXW_NO_ERROR, failure == nil { failure = code }
  }

  /// Adds a sheet; a name that is taken or has signs that sheets may not have is an error at the end.
  func addSheet(_ name: String) -> Sheet? {
    guard let sheet = unsafe workbook_add_worksheet(book, name) else {
      failure = failure ?? LXW_ERROR_PARAMETER_VALIDATION
      return nil
    }
    unsafe sheets.append(sheet)
    return unsafe Sheet(position: sheets.count - 1)
  }

  /// Writes a text; one that is too long is cut, which the caller prevents where it matters.
  func write(
    _ text: String, in sheet: Sheet, row: Int, column: Int, style: Style = .body
  ) {
    guard let (row, column) = place(row, column) else { return }
    unsafe note(
      worksheet_write_string(
        sheets[sheet.position], row, column, text.cut(toUTF16: Self.longestText), formats[style]))
  }

  /// Writes a text that leads to a cell of another sheet.
  func write(
    _ text: String, leadingTo target: String, row targetRow: Int, in sheet: Sheet, row: Int,
    column: Int, style: Style
  ) {
    guard let (row, column) = place(row, column) else { return }
    let link = "internal:'\(target.replacing("'", with: "''"))'!A\(targetRow + 1)"
    unsafe note(
      worksheet_write_url_opt(
        sheets[sheet.position], row, column, link, formats[style],
        text.cut(toUTF16: Self.longestText), nil))
  }

  /// Attaches a comment that is shown where the pointer rests.
  func comment(_ text: String, in sheet: Sheet, row: Int, column: Int) {
    guard let (row, column) = place(row, column) else { return }
    unsafe note(
      worksheet_write_comment(
        sheets[sheet.position], row, column, text.cut(toUTF16: 30_000)))
  }

  private func place(_ row: Int, _ column: Int) -> (UInt32, UInt16)? {
    guard row < Workbook.greatestRow, column < Workbook.greatestColumn else {
      failure = failure ?? LXW_ERROR_WORKSHEET_INDEX_OUT_OF_RANGE
      return nil
    }
    return (UInt32(row), UInt16(column))
  }

  /// Keeps the first rows and columns in view.
  func freeze(rows: Int, columns: Int, in sheet: Sheet) {
    unsafe worksheet_freeze_panes(sheets[sheet.position], UInt32(rows), UInt16(columns))
  }

  /// Gives a row the height of some lines of text; LibreOffice measures no rows on opening.
  func setHeight(lines: Int, ofRow row: Int, in sheet: Sheet) {
    guard lines > 1, let (row, _) = place(row, 0) else { return }
    unsafe note(worksheet_set_row(sheets[sheet.position], row, min(409, Double(lines) * 15), nil))
  }

  /// Sets the width of columns, in characters.
  func setWidth(_ width: Double, ofColumns columns: ClosedRange<Int>, in sheet: Sheet) {
    unsafe note(
      worksheet_set_column(
        sheets[sheet.position], UInt16(clamping: columns.lowerBound),
        UInt16(clamping: columns.upperBound), width, nil))
  }

  /// Hides a sheet.
  func hide(_ sheet: Sheet) { unsafe worksheet_hide(sheets[sheet.position]) }

  /// Writes the file.
  func finish() throws(WritingError) {
    guard let book = unsafe book else { return }
    unsafe self.book = nil
    let code = unsafe workbook_close(book)
    if let failed = failure ?? (code == LXW_NO_ERROR ? nil : code) {
      let reason = unsafe String(cString: lxw_strerror(failed))
      throw .unwritable(file: path, reason: reason)
    }
  }
}

extension String {
  /// The beginning of the text that fits into a number of UTF-16 units, with a sign where it is cut.
  func cut(toUTF16 limit: Int) -> String {
    if utf16.count <= limit { return self }
    var length = 0
    var kept = UnicodeScalarView()
    for scalar in unicodeScalars {
      length += scalar.value > 0xFFFF ? 2 : 1
      if length >= limit { break }
      kept.append(scalar)
    }
    return String(kept) + "…"
  }
}
