import Foundation
import QDACore
import QDATestSupport
import Testing

@testable import QDAInterchange

struct StudyFolderFillingTests {
  @Test
  func `found positions, surroundings, digests and bases of cells are written, and nothing else`()
    throws
  {
    let files = try StudySamples.allotment()
    let folder = StudySamples.read(files).value
    let filled = folder.filled()
    var expected = folder.project
    try expected.apply(expected.recordingBases(id: ID(derivedFrom: ["bases"])))
    #expect(filled.project == expected)
    let changed = filled.files.filter { folder.files[$0.key] != $0.value }.keys.sorted()
    #expect(
      changed == [
        "charts/1.csv", "charts/2.csv", "codings/P1.AB.csv", "codings/P2.CD.csv",
        "codings/P3.AB.csv", "study.yaml",
      ])
    let table = String(decoding: filled.files["codings/P3.AB.csv"] ?? [], as: UTF8.self)
    #expect(
      table.split(separator: "\n").map(String.init) == [
        "id,start,end,prefix,quote,suffix,code,weight,comment",
        "P3-AB-1,63,111,\"re? P3: I’d say I’m tolerated. \","
          + "Nobody has ever told me where the tap key hangs.,"
          + "\" I: What would change that? P3\",welcome,,",
        "P3-AB-2,172,200,\" P3: Being asked for something. \",Nobody asks me for anything.,\" \","
          + "needed,,",
      ])
    let study = String(decoding: filled.files["study.yaml"] ?? [], as: UTF8.self)
    let before = try #require(files["study.yaml"])
    let digests = ["P1.txt", "P2.txt", "P3.txt"].map {
      "  \($0): \(Digest(of: Array((files["transcripts/" + $0] ?? "").utf8)))\n"
    }.joined()
    #expect(study == before + "digests:\n" + digests)
  }

  @Test
  func `a filled folder has nothing left to fill`() throws {
    let filled = StudySamples.read(try StudySamples.allotment()).value.filled()
    #expect(filled.filled().files == filled.files)
  }

  @Test
  func `a filled folder reads without a finding`() throws {
    try withTemporaryFolder { path in
      try FileManager.default.copyItem(atPath: fixture("LinkWorkers"), toPath: path + "/study")
      let reading = try StudyFolder.read(at: path + "/study")
      var filled = reading.value.filled()
      try filled.write(to: path + "/study")
      let again = try StudyFolder.read(at: path + "/study")
      #expect(again.diagnostics.map(\.head) == reading.diagnostics.map(\.head))
      #expect(again.value.project == reading.value.project)
      #expect(again.value.settings.digests.count == 22)
    }
  }

  @Test
  func `what is not settled is left for a person, what moved is written`() throws {
    var files = try StudySamples.allotment()
    files["codings/P3.AB.csv"] = """
      id,start,end,quote,code
      a,0,5,Nobody asks me for anything.,needed
      b,,,These words stand nowhere in it at all,needed
      c,4,9,,needed

      """
    let filled = StudySamples.read(files).value.filled()
    let table = String(decoding: filled.files["codings/P3.AB.csv"] ?? [], as: UTF8.self)
    #expect(
      table.split(separator: "\n").map(String.init) == [
        "id,start,end,quote,code,prefix,suffix",
        "a,172,200,Nobody asks me for anything.,needed,\" P3: Being asked for something. \",\" \"",
        "b,,,These words stand nowhere in it at all,needed,,",
        "c,4,9,\"ould \",needed,I: W,you say you belong there? P3: I",
      ])
  }
}
