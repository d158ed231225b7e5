import QDA
import QDATestSupport
import Testing

/// Ratios of times on the same machine in the same run, with room for noise: what grows with the
/// square would take sixteen times as long.
struct RefiGrowthTests {
  /// A project with one source and many selections, all with the same id or each with its own.
  private func project(selections count: Int, sharesIDs: Bool) -> [UInt8] {
    func guid(_ kind: Int, _ number: Int) -> String {
      let digits = String(number, radix: 16)
      return "0000000\(kind)-0000-4000-8000-" + String(repeating: "0", count: 12 - digits.count)
        + digits
    }
    var xml = """
      <Project xmlns="urn:QDA-XML:project:1.0" name="p"><CodeBook><Codes>
      <Code guid="\(guid(1, 1))" name="c" isCodable="true"/></Codes></CodeBook><Sources>
      <TextSource guid="\(guid(2, 1))" name="s"><PlainTextContent>words</PlainTextContent>
      """
    // The last come first, so that there is something to sort.
    for number in (0..<count).reversed() {
      let own = sharesIDs ? 1 : number
      xml += """
        <PlainTextSelection guid="\(guid(3, own))" startPosition="\(number % 5)" endPosition="5">
        <Coding guid="\(guid(4, own))"><CodeRef targetGUID="\(guid(1, 1))"/></Coding>
        </PlainTextSelection>
        """
    }
    return Array((xml + "</TextSource></Sources></Project>").utf8)
  }

  @Test(arguments: [false, true])
  func `four times the selections take no more than about four times the time`(
    sharesIDs: Bool
  ) throws {
    func fastest(_ count: Int) throws -> Duration {
      let bytes = project(selections: count, sharesIDs: sharesIDs)
      var best: Duration?
      for _ in 0..<3 {
        let time = try ContinuousClock().measure {
          let project = try ProjectReader.read(bytes, name: "p.qde").value
          #expect(project.codings.count == count)
        }
        best = min(best ?? time, time)
      }
      return try #require(best)
    }
    #expect(try fastest(8000) < fastest(2000) * 9)
  }
}
