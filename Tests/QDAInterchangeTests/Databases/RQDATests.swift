import QDACore
import QDAInterchange
import QDATestSupport
import Testing

struct RQDATests {
  private func read() throws -> Reading<Project> {
    try RQDADatabase.read(
      try bytes(of: fixture("Exchange/rqda/allotment.rqda")), name: "allotment.rqda")
  }

  @Test
  func `live codings open on the stored words, and deleted ones are counted`() throws {
    let reading = try read()
    let project = reading.value
    let source = try #require(project.sources.first)
    let found = try project.codings.codings(in: source.id).map { coding in
      let passage = try #require(project.codings[coding.passage])
      let coder = coding.created.by.flatMap { project.coders[$0]?.name } ?? ""
      let code = project.codebook.codes[coding.code]?.name ?? ""
      return "\(coder)|\(code)|\(try project.quote(of: passage))|\(coding.comment)"
    }
    #expect(
      found == [
        "rita|crop|Am buntàta 🥔, gu dearbh.|sure of it", "sam (second coding)|crop|buntàta|",
        "rita|peace|an t-sìth|", "rita|peace|an t-sìth|",
      ])
    #expect(
      reading.diagnostics.map { "\($0.count) \($0.summary)" } == [
        "1 there is no place for the further categories of codes that are in several, left out",
        "1 there is no place for the deleted rows of the table 'freecode', left out",
        "1 there is no place for the colours of codes that are given by name, left out",
        "1 there is no place for the deleted rows of the table 'source', left out",
        "1 there is no place for the deleted rows of the table 'coding', left out",
        "1 there is no place for the rows of the table 'image', left out",
        "1 4 of 4 codings have their stored words at their position; positions are counted in "
          + "Unicode code points, the end not included",
      ])
  }

  @Test
  func `codes have their categories, colours and dates as R writes them`() throws {
    let project = try read().value
    #expect(project.codebook.codes.map(\.name) == ["Reasons", "Other", "crop", "peace"])
    #expect(project.codebook.codes.map(\.isCodable) == [false, false, true, true])
    let crop = try #require(project.codebook.codes.first { $0.name == "crop" })
    #expect(project.codebook.path(of: crop.id) == ["Reasons", "crop"])
    #expect(crop.color == "#00ff00")
    #expect(project.created.at == Timestamp("2019-10-28T08:01:36"))
    #expect(project.origin?.program == "RQDA 0.2.2")
  }

  @Test
  func `cases, attributes, file categories, annotations and journals have their place`() throws {
    let project = try read().value
    let source = try #require(project.sources.first)
    let one = try #require(project.cases.first)
    #expect(one.covers == [.source(source.id)])
    let age = try #require(project.attributes.first { $0.name == "age" })
    let tenure = try #require(project.attributes.first { $0.name == "tenure" })
    #expect(one.values == [age.id: .number(decimal: "61"), tenure.id: .missing])
    #expect(source.values == [tenure.id: .text("long")])
    #expect(project.sets.map(\.name) == ["Spring"])
    #expect(project.sets.first?.members == [.source(source.id)])
    #expect(project.notes.map(\.body) == ["speaks Gaelic", "Rain."])
    guard case .passage(let place) = project.notes.first?.about.first else {
      Issue.record("the annotation is about nothing")
      return
    }
    // "Q: Dè tha math?" and its line end are 16 code points.
    #expect(project.codings[place]?.span == TextSpan(scalars: 16..<16))
  }

  @Test
  func `reading again gives the same ids`() throws {
    let (first, second) = (try read().value, try read().value)
    #expect(first.codings == second.codings)
    #expect(first.codings.count == 4)
  }
}
