import Foundation
import QDATestSupport
import Testing

struct ChartRoundTripTests {
  /// The system's Python, whose LibreOffice bridge belongs to the LibreOffice that is installed.
  private static let python = "/usr/bin/python3"

  private static let hasLibreOffice =
    isInstalled("soffice") && (try? run([python, "-c", "import uno"]))?.status == 0

  /// Opens a workbook in LibreOffice, puts a text into a cell of a sheet and saves it as XLSX.
  private static let editor = """
    import os, subprocess, sys, time, uno
    from com.sun.star.beans import PropertyValue
    path, folder, find, text = sys.argv[1:5]
    pipe = "qda%d" % os.getpid()
    office = subprocess.Popen(["soffice", "--headless", "--norestore", "--nologo",
        "-env:UserInstallation=file://" + folder + "/profile",
        "--accept=pipe,name=%s;urp;" % pipe], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    local = uno.getComponentContext()
    resolver = local.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", local)
    for attempt in range(240):
        try:
            context = resolver.resolve("uno:pipe,name=%s;urp;StarOffice.ComponentContext" % pipe)
            break
        except Exception:
            time.sleep(0.5)
    desktop = context.ServiceManager.createInstanceWithContext("com.sun.star.frame.Desktop", context)
    def value(name, value):
        one = PropertyValue()
        one.Name, one.Value = name, value
        return one
    book = desktop.loadComponentFromURL("file://" + path, "_blank", 0, (value("Hidden", True),))
    sheet = book.Sheets.getByIndex(0)
    done = False
    for row in range(0, 40):
        for column in range(0, 12):
            cell = sheet.getCellByPosition(column, row)
            if not done and cell.String == find:
                cell.String = text
                done = True
    book.storeAsURL("file://" + path, (value("FilterName", "Calc MS Excel 2007 XML"),))
    book.close(True)
    try:
        desktop.terminate()
    except Exception:
        pass
    office.wait()
    sys.exit(0 if done else 1)
    """

  @Test(.enabled(if: hasLibreOffice, "LibreOffice with its Python bridge is not installed"))
  func `charts edited in LibreOffice come back, and only the edit is taken`() throws {
    try withTemporaryFolder { folder in
      let study = folder + "/LinkWorkers"
      try FileManager.default.copyItem(atPath: fixture("LinkWorkers"), toPath: study)
      let workbook = folder + "/charts.xlsx"
      let sent = try qda("chart", study, "--to", workbook)
      #expect(sent.status == 0, "\(sent.errors)")
      let script = folder + "/edit.py"
      try Data(Self.editor.utf8).write(to: URL(filePath: script))
      // P2 under "Preparation" is the first cell in which nothing was said.
      let edit = try run([
        Self.python, script, workbook, folder, "(nothing said)", "Says no more than “Do you” [1]",
      ])
      #expect(edit.status == 0, "\(edit.errors)")
      let back = try qda(
        "chart", study, "--from", workbook, "--by", "TO", "--at", "2026-03-04T10:30:00Z")
      #expect(back.status == 0, "\(back.errors)")
      #expect(back.errors.contains("1 cell taken"), "\(back.errors)")
      let table = try String(contentsOfFile: study + "/charts/1.csv", encoding: .utf8)
      #expect(table.contains("P2,preparation,summarised,Says no more than “Do you” [1]"))
      let changed = try run(["diff", "-r", "-q", fixture("LinkWorkers"), study])
      #expect(
        changed.output.split(separator: "\n").count == 3,
        "one chart, the history, and its last line in study.yaml: \(changed.output)")
    }
  }

  @Test
  func `a table of cells goes out, comes back edited, and a conflict ends with exit code 1`() throws
  {
    try withTemporaryFolder { folder in
      let study = folder + "/LinkWorkers"
      try FileManager.default.copyItem(atPath: fixture("LinkWorkers"), toPath: study)
      let file = folder + "/charts.csv"
      #expect(try qda("chart", study, "--to", file, "--theme", "5", "--role", "MH").status == 0)
      let table = try String(contentsOfFile: file, encoding: .utf8)
      #expect(
        table.split(separator: "\r\n").filter { $0.hasPrefix("P") }.allSatisfy {
          $0.hasPrefix("P3,") || $0.hasPrefix("P4,")
        }, "MH are P3 and P4")
      let edited = table.replacing("(not asked)", with: "(nothing said)", maxReplacements: 1)
      try Data(edited.utf8).write(to: URL(filePath: file))
      func takeOver() throws -> CommandResult {
        try qda("chart", study, "--from", file, "--by", "TO", "--at", "2026-03-04T10:30:00Z")
      }
      let taken = try takeOver()
      #expect(taken.status == 0 && taken.errors.contains("1 cell taken"), "\(taken.errors)")
      let charts = study + "/charts/5.csv"
      let now = try String(contentsOfFile: charts, encoding: .utf8)
      let other = now.replacing("nothing-said", with: "asked-not-answered", maxReplacements: 9)
      try Data(other.utf8).write(to: URL(filePath: charts))
      let conflict = try takeOver()
      #expect(conflict.status == 1)
      #expect(conflict.output.contains("[chart.edit-conflict]"), "\(conflict.output)")
      let bytes = try String(contentsOfFile: charts, encoding: .utf8)
      #expect(bytes == other, "nothing is overwritten")
    }
  }
}
