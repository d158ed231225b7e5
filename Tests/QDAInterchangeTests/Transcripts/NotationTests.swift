import QDACore
import QDAInterchange
import Testing

struct NotationTests {
  private func signs(_ words: String, name: String = "a.txt") throws -> [String] {
    let text =
      name == "a.cha" ? "@UTF8\n*P1:\t\(words)\n" : "I: So?\nP1: \(words)\nI: Why?\nP1: Because.\n"
    let transcript = try TranscriptReader.read(Array(text.utf8), name: name).value
    return transcript.source.marks.compactMap { mark in
      guard case .notation(let notation) = mark.kind else { return nil }
      return "\(notation.rawValue) \(transcript.text[mark.span])"
    }
  }

  @Test(arguments: [
    (
      "well (0.5) so (.) and (3) yes (2 secs)",
      ["pause (0.5)", "pause (.)", "pause (3)", "pause (2 secs)"]
    ),
    ("no [pause] (-) (long pause)", ["pause [pause]", "pause (-)", "pause (long pause)"]),
    (
      "oh [laughs] ha (laughter) *chuckles* @(2)@",
      [
        "laughter [laughs]", "laughter (laughter)", "laughter *chuckles*", "laughter @(2)@",
      ]
    ),
    (
      "he [inaudible 00:12:34] and (   ) then [??] xxx.",
      [
        "inaudible [inaudible 00:12:34]", "inaudible (   )", "inaudible [??]", "inaudible xxx",
      ]
    ),
    (
      "in [CITY NAME REDACTED] with XXXX and @@Anna## of ____",
      [
        "redaction [CITY NAME REDACTED]", "redaction XXXX", "redaction @@Anna##", "redaction ____",
      ]
    ),
    (
      "(coughs) so ((points at the door)) [crosstalk]",
      [
        "sound (coughs)", "remark ((points at the door))", "overlap [crosstalk]",
      ]
    ),
    ("⌈yes⌉ né └ja┘", ["overlap ⌈", "overlap ⌉", "overlap └", "overlap ┘"]),
    // Dresing & Pehl
    (
      "der Weg (...) war (unv.) nass (…), (unv., Regen) (lachend) ja (seufzt) (räuspert sich)",
      [
        "pause (...)", "inaudible (unv.)", "pause (…)", "inaudible (unv., Regen)",
        "laughter (lachend)", "sound (seufzt)", "sound (räuspert sich)",
      ]
    ),
    // HIAT
    (
      "im • März • • ((hustet)) war ((1,5s)) Eis",
      ["pause •", "pause • •", "sound ((hustet))", "pause ((1,5s))"]
    ),
    // GAT 2 and TiQ
    ("<<lachend> im märz> @lachend@ so", ["laughter <<lachend>", "laughter @lachend@"]),
    // Transcription services
    (
      "so [5 second pause] and (3 Sek. Pause) then [both laugh] oh [Interviewee laughs] [1.5-second silence]",
      [
        "pause [5 second pause]", "pause (3 Sek. Pause)", "laughter [both laugh]",
        "laughter [Interviewee laughs]", "pause [1.5-second silence]",
      ]
    ),
    (
      "sí [silencio] (ríe) (pausa) [ininteligible] y (suspira) [unverst.] [inaud.]",
      [
        "pause [silencio]", "laughter (ríe)", "pause (pausa)", "inaudible [ininteligible]",
        "sound (suspira)", "inaudible [unverst.]", "inaudible [inaud.]",
      ]
    ),
  ])
  func `a sign is recognised and stays in the words`(_ words: String, _ expected: [String]) throws {
    #expect(try signs(words) == expected)
    let text = "I: So?\nP1: \(words)\nI: Why?\nP1: Because.\n"
    let transcript = try TranscriptReader.read(Array(text.utf8), name: "a.txt").value
    let turn = try #require(transcript.source.turns.dropFirst().first)
    #expect(transcript.source.words(of: turn, in: transcript.text) == words)
  }

  @Test(arguments: [
    "I went [to] the part[ner] in (1998) and (see above)", "a * b * c and 5 < 6 > 4",
    "www.example.org, Xxx, xxxx, y'all, me@home, x", "we (all of us) [Ana] {no} (", "[[(", "**",
    "(1,234 people) [a", "the fox & the hound", "eggs • milk • • tea", "[...] and so on",
    "@ana and @ben at me@home and you@home", "<<p> soft> @nice@", "[both parents] (she and he)",
    "(5 second helpings) [3 days silence]",
  ])
  func `what is no sign is left alone`(_ words: String) throws {
    #expect(try signs(words) == [])
  }

  @Test
  func `the signs of CHAT are those of CHAT`() throws {
    #expect(
      try signs("&-um xxx (...) yyy www &=laughs [>] so [?] &=coughs:loud .", name: "a.cha") == [
        "inaudible xxx", "pause (...)", "inaudible yyy", "inaudible www", "laughter &=laughs",
        "overlap [>]", "uncertain [?]", "sound &=coughs:loud",
      ])
  }

  @Test
  func `a sign outside of the turns is no sign of theirs`() throws {
    let text = "Recorded [inaudible]\n\nI: So?\nP1: Yes.\nI: Why?\nP1: Because.\n"
    let marks = try TranscriptReader.read(Array(text.utf8), name: "a.txt").value.source.marks
    #expect(!marks.contains { $0.kind == .notation(.inaudible) })
  }
}
