import QDACore
import Testing

@testable import QDAInterchange

struct StudyFolderAnchoringTests {
  private let text = """
    I: How was it?

    P1: Cold. Nobody came to the gate that winter, nobody at all.

    I: And then?

    P1: Then came the spring. Nobody knew what to sow.
    """

  private func read(
    _ rows: String..., text: String? = nil, digest: Digest? = nil
  ) -> Reading<StudyFolder> {
    var study = "id: a\ncoders: [{id: AB}]\n"
    if let digest { study += "digests: {P1.txt: \(digest)}\n" }
    return StudySamples.read([
      "study.yaml": study,
      "codebook.yaml": "codes: [{id: x}]\n",
      "participants.csv": "id,transcript\nP1,P1.txt\n",
      "transcripts/P1.txt": text ?? self.text,
      "codings/P1.AB.csv": "id,start,end,prefix,quote,suffix,code\n"
        + rows.map { $0 + "\n" }.joined(),
    ])
  }

  private func passage(_ reading: Reading<StudyFolder>) -> Passage? {
    let codings = reading.value.project.codings
    return codings.sources.first.flatMap { codings.passages(in: $0).first }
  }

  @Test
  func `a quote without a position is found in silence`() {
    let reading = read("a,,,,Nobody came to the gate,,x")
    #expect(reading.diagnostics == [])
    #expect(passage(reading)?.span == TextSpan(scalars: 26..<49))
    #expect(passage(reading)?.verdict == .unchanged)
    #expect(passage(reading)?.anchor == nil)
  }

  @Test
  func `white space, dashes and quotation marks may differ`() {
    let reading = read("a,,,,\"Nobody   came\nto the gate\",,x")
    #expect(reading.diagnostics == [])
    #expect(passage(reading)?.span == TextSpan(scalars: 26..<49))
    let curly = read(
      "a,,,,\"she said \"\"it's - well\"\"\",,x", text: "P1: Then she said “it’s – well” to me.\n")
    #expect(curly.diagnostics == [])
  }

  @Test
  func `a quote at its position is unchanged`() {
    #expect(read("a,26,49,,Nobody came to the gate,,x").diagnostics == [])
  }

  @Test
  func `a quote that stands once elsewhere is shifted and keeps its words`() {
    let reading = read("a,20,43,,Nobody came to the gate,,x")
    #expect(reading.diagnostics.map(\.head) == ["codings/P1.AB.csv:2:10 warning coding.shifted"])
    #expect(passage(reading)?.span == TextSpan(scalars: 26..<49))
    #expect(passage(reading)?.verdict == .shifted)
    #expect(passage(reading)?.anchor?.quote == "Nobody came to the gate")
  }

  @Test
  func `a quote that stands twice is ambiguous until its surroundings are given`() {
    #expect(read("a,,,,obody,,x").diagnostics.map(\.id) == ["coding.ambiguous"])
    let reading = read("a,,,spring. N,obody,,x")
    #expect(reading.diagnostics == [])
    #expect(passage(reading)?.span == TextSpan(scalars: 120..<125))
  }

  @Test
  func `words that are gone are orphaned and nothing is lost`() {
    let reading = read("a,,,,These words are in no transcript at all,,x")
    #expect(reading.diagnostics.map(\.id) == ["coding.orphaned"])
    #expect(reading.value.project.codings.count == 1)
    #expect(passage(reading)?.anchor?.quote == "These words are in no transcript at all")
    #expect(passage(reading)?.verdict == .orphaned)
  }

  @Test
  func `halves that stand apart are split`() {
    let gap = String(repeating: "P1: And so on it went, one week like the other.\n\n", count: 5)
    let text =
      "P1: Nobody came to the gate that winter.\n\n\(gap)P1: Then we all went back to sow.\n"
    let quote = "Nobody came to the gate that winter. Then we all went back to sow."
    #expect(read("a,,,,\(quote),,x", text: text).diagnostics.map(\.id) == ["coding.split"])
  }

  @Test
  func `similar words are offered and not taken`() {
    let reading = read("a,,,,Nobody comes to the gates that winter,,x")
    #expect(reading.diagnostics.map(\.id) == ["coding.fuzzy"])
    #expect(passage(reading)?.verdict.isVerified == false)
  }

  @Test
  func `a changed transcript is noticed and every passage looked for`() {
    let digest = Digest(of: Array(text.utf8))
    let rows = "a,26,49,,Nobody came to the gate,,x"
    #expect(read(rows, digest: digest).diagnostics == [])
    let changed = read(rows, text: "I: Hello.\n\n" + text, digest: digest)
    #expect(changed.diagnostics.map(\.id) == ["source.changed", "coding.shifted"])
    #expect(passage(changed)?.span == TextSpan(scalars: 37..<60))
  }

  @Test
  func `a position without a quote needs the digest of its transcript`() {
    #expect(read("a,26,49,,,,x").diagnostics.map(\.id) == ["coding.unverified"])
    #expect(passage(read("a,26,49,,,,x"))?.verdict == .unverified)
    #expect(read("a,26,49,,,,x", digest: Digest(of: Array(text.utf8))).diagnostics == [])
  }

  @Test
  func `a passage over several turns is found without the labels between them`() {
    let reading = read("a,,,,\"nobody at all. And then? Then came the spring.\",,x")
    #expect(reading.diagnostics == [])
    #expect(passage(reading)?.span == TextSpan(scalars: 63..<118))
  }

  @Test
  func `a passage that several rows share is one passage`() {
    let reading = StudySamples.read([
      "study.yaml": "id: a\ncoders: [{id: AB}, {id: CD}]\n",
      "codebook.yaml": "codes: [{id: x}, {id: y}]\n",
      "transcripts/P1.txt": text,
      "codings/P1.AB.csv": "id,passage,quote,code\na,p,Then came the spring,x\nb,p,,y\n",
      "codings/P1.CD.csv": "id,passage,quote,code\nc,p,,x\n",
    ])
    #expect(reading.diagnostics == [])
    #expect(reading.value.project.codings.passageCount == 1)
    #expect(reading.value.project.codings.count == 3)
  }

  @Test
  func `codings of a transcript that cannot be read are kept`() {
    let reading = StudySamples.read([
      "study.yaml": Array("id: a\ncoders: [{id: AB}]\n".utf8),
      "codebook.yaml": Array("codes: [{id: x}]\n".utf8),
      "transcripts/P1.txt": [0x89, 0x50, 0x4E, 0x47, 0, 1, 2, 3, 0, 0],
      "codings/P1.AB.csv": Array("id,quote,code\na,Then came the spring,x\n".utf8),
    ])
    #expect(reading.diagnostics.map(\.id) == ["study.transcript-unreadable"])
    #expect(reading.value.project.codings.count == 1)
    #expect(passage(reading)?.verdict == .unverified)
  }

  @Test
  func `codings without an id have the same id in every reading`() {
    let rows = "id,quote,code\n,Then came the spring,x\n,Then came the spring,x\n"
    func ids() -> [ID<Coding>] {
      StudySamples.read([
        "study.yaml": "id: a\ncoders: [{id: AB}]\n", "codebook.yaml": "codes: [{id: x}]\n",
        "transcripts/P1.txt": text, "codings/P1.AB.csv": rows,
      ]).value.project.codings.all.map(\.id)
    }
    #expect(ids().count == 2)
    #expect(ids() == ids())
  }
}
