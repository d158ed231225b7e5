internal import FoundationEssentials

extension StudyReport {
  /// The report as `report.json`, with sorted keys, described by `Documentation/ReportSchema.md`.
  public func json() throws(ReportError) -> ReportFile {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    do {
      var bytes = Array(try encoder.encode(self))
      bytes.append(UInt8(ascii: "\n"))
      return ReportFile(path: "report.json", bytes: bytes)
    } catch {
      throw ReportError(path: "report.json", reason: "\(error)")
    }
  }
}
