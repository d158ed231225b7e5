import QDACore
import Testing

@testable import QDAInterchange

struct StudyFolderTierTests {
  private let eaf = """
    <ANNOTATION_DOCUMENT><TIME_ORDER><TIME_SLOT TIME_SLOT_ID="a" TIME_VALUE="0"/>
    <TIME_SLOT TIME_SLOT_ID="b" TIME_VALUE="1500"/><TIME_SLOT TIME_SLOT_ID="c" TIME_VALUE="1800"/>
    </TIME_ORDER><TIER TIER_ID="P1"><ANNOTATION>
    <ALIGNABLE_ANNOTATION TIME_SLOT_REF1="a" TIME_SLOT_REF2="b" ANNOTATION_ID="1">
    <ANNOTATION_VALUE>It was wet.</ANNOTATION_VALUE></ALIGNABLE_ANNOTATION></ANNOTATION></TIER>
    <TIER TIER_ID="stance" PARENT_REF="P1" ANNOTATOR="ailsa burn"><ANNOTATION>
    <REF_ANNOTATION ANNOTATION_ID="2" ANNOTATION_REF="1"><ANNOTATION_VALUE>Coping</ANNOTATION_VALUE>
    </REF_ANNOTATION></ANNOTATION><ANNOTATION>
    <REF_ANNOTATION ANNOTATION_ID="3" ANNOTATION_REF="1"><ANNOTATION_VALUE>copping</ANNOTATION_VALUE>
    </REF_ANNOTATION></ANNOTATION></TIER>
    <TIER TIER_ID="gloss" PARENT_REF="P1"><ANNOTATION>
    <REF_ANNOTATION ANNOTATION_ID="4" ANNOTATION_REF="1"><ANNOTATION_VALUE>rained</ANNOTATION_VALUE>
    </REF_ANNOTATION></ANNOTATION></TIER>
    <TIER TIER_ID="room notes"><ANNOTATION>
    <ALIGNABLE_ANNOTATION TIME_SLOT_REF1="b" TIME_SLOT_REF2="c" ANNOTATION_ID="5">
    <ANNOTATION_VALUE>1.1</ANNOTATION_VALUE></ALIGNABLE_ANNOTATION></ANNOTATION></TIER>
    </ANNOTATION_DOCUMENT>
    """

  private func read() -> Reading<StudyFolder> {
    StudySamples.read([
      "study.yaml": "id: a\ncoders: [{id: AB, name: Ailsa Burn}]\n",
      "codebook.yaml": "codes: [{id: cope, number: 1.1, name: coping}]\n",
      "participants.csv": "id,transcript\nP1,P1.eaf\n",
      "transcripts/P1.eaf": eaf,
    ])
  }

  @Test
  func `values of tiers that name codes are codings of the words, or of the time`() throws {
    let reading = read()
    let project = reading.value.project
    let made = try project.codings.all.map { coding in
      let passage = try #require(project.codings[coding.passage])
      let coder = coding.created.by.map { reading.value.key(of: $0) } ?? "-"
      return "\(reading.value.key(of: coding.code)) \(coder) \(passage.region)"
    }
    #expect(
      Set(made) == [
        "cope AB \(Region.text(TextSpan(scalars: 0..<11)))", "cope - \(Region.time(1500..<1800))",
      ])
    let unknown = reading.diagnostics.filter { $0.id == "markup.tier-without-code" }
    #expect(unknown.map(\.raw) == ["copping"])
  }

  @Test
  func `codings of tiers are not written to tables`() throws {
    let folder = read().value
    #expect(folder.filled().files.keys.filter { $0.hasPrefix("codings/") } == [])
  }
}
