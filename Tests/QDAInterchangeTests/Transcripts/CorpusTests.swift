import QDACore
import QDATestSupport
import Testing

@testable import QDAInterchange

/// Files of corpus tools and recognisers that are broken, hostile or told otherwise.
struct CorpusTests {
  private func read(
    _ text: String, _ name: String, _ options: TranscriptOptions = .init()
  ) throws -> Reading<Transcript> {
    try TranscriptReader.read(Array(text.utf8), name: name, options: options)
  }

  private func error(_ text: String, _ name: String) -> ReadingError? {
    #expect(throws: ReadingError.self) {
      try TranscriptReader.read(Array(text.utf8), name: name)
    }
  }

  /// Who says what from when to when.
  private func said(_ transcript: Transcript) -> [String] {
    transcript.source.turns.map { turn in
      let names = turn.speakers.map { transcript.source.speakers[$0].label }
      let words = transcript.source.words(of: turn, in: transcript.text)
      return "\(names) \(turn.start ?? -1)-\(turn.end ?? -1): \(words)"
    }
  }

  // MARK: - One interview in many formats

  private static let interview = [
    "a.cha":
      "@UTF8\n@Begin\n*INT:\tHow was it? \u{15}0_1500\u{15}\n*P7:\tWet. \u{15}1500_2000\u{15}\n"
      + "*INT:\tAnd then? \u{15}1800_3000\u{15}\n@End\n",
    "a.eaf": """
    <ANNOTATION_DOCUMENT><TIME_ORDER><TIME_SLOT TIME_SLOT_ID="a" TIME_VALUE="0"/>
    <TIME_SLOT TIME_SLOT_ID="b" TIME_VALUE="1500"/><TIME_SLOT TIME_SLOT_ID="c" TIME_VALUE="1800"/>
    <TIME_SLOT TIME_SLOT_ID="d" TIME_VALUE="2000"/><TIME_SLOT TIME_SLOT_ID="e" TIME_VALUE="3000"/>
    </TIME_ORDER><TIER TIER_ID="INT"><ANNOTATION>
    <ALIGNABLE_ANNOTATION TIME_SLOT_REF1="a" TIME_SLOT_REF2="b" ANNOTATION_ID="1">
    <ANNOTATION_VALUE>How was it?</ANNOTATION_VALUE></ALIGNABLE_ANNOTATION></ANNOTATION>
    <ANNOTATION><ALIGNABLE_ANNOTATION TIME_SLOT_REF1="c" TIME_SLOT_REF2="e" ANNOTATION_ID="2">
    <ANNOTATION_VALUE>And then?</ANNOTATION_VALUE></ALIGNABLE_ANNOTATION></ANNOTATION></TIER>
    <TIER TIER_ID="tier 2" PARTICIPANT="P7"><ANNOTATION>
    <ALIGNABLE_ANNOTATION TIME_SLOT_REF1="b" TIME_SLOT_REF2="d" ANNOTATION_ID="3">
    <ANNOTATION_VALUE>Wet.</ANNOTATION_VALUE></ALIGNABLE_ANNOTATION></ANNOTATION></TIER>
    </ANNOTATION_DOCUMENT>
    """,
    "a.TextGrid": """
    "ooTextFile" "TextGrid" 0 3 <exists> 2
    "IntervalTier" "INT" 0 3 3 0 1.5 "How was it?" 1.5 1.8 "" 1.8 3 "And then?"
    "IntervalTier" "P7" 0 3 3 0 1.5 "" 1.5 2 "Wet." 2 3 ""
    """,
    "a.exb": """
    <basic-transcription><head><speakertable><speaker id="A"><abbreviation>INT</abbreviation>
    </speaker><speaker id="B"><abbreviation>P7</abbreviation></speaker></speakertable></head>
    <basic-body><common-timeline><tli id="a" time="0"/><tli id="b" time="1.5"/>
    <tli id="c" time="1.8"/><tli id="d" time="2.0"/><tli id="e" time="3"/></common-timeline>
    <tier id="1" speaker="A" type="t"><event start="a" end="b">How was it? </event>
    <event start="c" end="e">And then? </event></tier>
    <tier id="2" speaker="B" type="t"><event start="b" end="d">Wet. </event></tier>
    </basic-body></basic-transcription>
    """,
    "a.trs": """
    <!DOCTYPE Trans SYSTEM "trans-14.dtd">
    <Trans><Speakers><Speaker id="s1" name="INT"/><Speaker id="s2" name="P7"/></Speakers>
    <Episode><Section><Turn speaker="s1" startTime="0" endTime="1.5"><Sync time="0"/>How was it?
    </Turn><Turn speaker="s2" startTime="1.5" endTime="2"><Sync time="1.5"/>Wet.</Turn>
    <Turn speaker="s1" startTime="1.8" endTime="3"><Sync time="1.8"/>And then?</Turn>
    </Section></Episode></Trans>
    """,
    "a.tei": """
    <TEI><text><timeline><when id="a" absolute="0"/><when id="b" absolute="00:00:01.500"/>
    <when id="c" interval="1.8" since="#a"/><when id="d" interval="0.5" since="#b"/>
    <when id="e" interval="3" since="#a"/></timeline><body>
    <u who="INT" start="#a" end="#b">How was it?</u><u who="P7" start="#b" end="#d">Wet.</u>
    <u who="INT" start="#c" end="#e">And then?</u></body></text></TEI>
    """,
    "a.folia.xml": """
    <FoLiA><speech><utt speaker="INT" begintime="00:00:00.000" endtime="00:00:01.500">
    <t>How was it?</t></utt><utt speaker="P7" begintime="00:00:01.500" endtime="00:00:02.000">
    <t>Wet.</t></utt><utt speaker="INT" begintime="00:00:01.800" endtime="00:00:03.000">
    <t>And then?</t></utt></speech></FoLiA>
    """,
    "a.json": """
    {"segments":[{"start":0,"end":1.5,"text":" How was it?","speaker":"INT"},
    {"start":1.5,"end":2.0,"text":" Wet.","speaker":"P7"},
    {"start":1.8,"end":3,"text":" And then?","speaker":"INT"}]}
    """,
  ]

  @Test(arguments: interview.keys.sorted())
  func `the same interview gives the same turns in every format`(_ name: String) throws {
    let reading = try read(try #require(Self.interview[name]), name)
    #expect(
      said(reading.value) == [
        #"["INT"] 0-1500: How was it?"#, #"["P7"] 1500-2000: Wet."#,
        #"["INT"] 1800-3000: And then?"#,
      ])
    #expect(reading.value.source.speakers.map(\.role) == [.interviewer, .participant])
    #expect(reading.diagnostics == [])
  }

  // MARK: - Broken

  @Test(arguments: ["a.cha", "a.eaf", "a.TextGrid", "a.exb", "a.trs", "a.tei", "a.json"])
  func `a file with nothing in it is an empty document with a warning`(_ name: String) throws {
    for content in ["", " \n\n"] {
      let reading = try read(content, name)
      #expect(reading.diagnostics.map(\.id) == ["text.empty"])
      #expect(reading.value.source.turns == [])
    }
  }

  @Test(arguments: ["a.eaf", "a.exb", "a.trs", "a.tei", "a.folia.xml"])
  func `XML that breaks off is refused with the place`(_ name: String) throws {
    let whole = try #require(Self.interview[name])
    guard case .malformed(name, let line, _, _) = error(String(whole.prefix(250)), name) else {
      Issue.record("a file that breaks off was read")
      return
    }
    #expect(line >= 3)
  }

  @Test
  func `JSON that breaks off is refused at its end`() throws {
    let whole = try #require(Self.interview["a.json"])
    let cut = error(String(whole.prefix(91)), "a.json")
    guard case .malformed(_, 2, 18, let reason) = cut else {
      Issue.record("not refused at its end: \(String(describing: cut))")
      return
    }
    #expect(reason.contains("breaks off"))
    guard case .malformed(_, 2, 2, _) = error("{\"segments\":\n[x]}", "a.json") else {
      Issue.record("broken JSON was read")
      return
    }
  }

  @Test
  func `JSON that is whole and nested without measure is not said to break off`() throws {
    let (open, close) = (
      String(repeating: "[", count: 5000), String(repeating: "]", count: 5000)
    )
    let refused = error("{\"segments\":[{\"text\":\"so\",\"more\":\(open)\(close)}]}", "a.json")
    #expect(refused?.description.contains("nested deeper than 512") == true)
  }

  @Test
  func `JSON that is no speech is refused by name`() {
    guard case .noReader(_, "JSON", _) = error("{\"settings\": {\"a\": 1}}", "a.json") else {
      Issue.record("settings were read as speech")
      return
    }
    guard case .malformed(_, _, _, let reason) = error("{\"segments\": [{\"text\": 4}]}", "a.json")
    else {
      Issue.record("a number was read as words")
      return
    }
    #expect(reason.contains("text"))
  }

  @Test
  func `a TextGrid that breaks off keeps its whole intervals`() throws {
    let reading = try read(
      #""ooTextFile" "TextGrid" 0 3 <exists> 1 "IntervalTier" "A" 0 3 2 0 1 "So." 1 3 "And th"#,
      "a.TextGrid")
    #expect(reading.diagnostics.map(\.id) == ["praat.truncated"])
    #expect(said(reading.value) == [#"["A"] 0-1000: So."#])
    // A count that is not borne out costs no memory.
    let counted = try read(
      #""ooTextFile" "TextGrid" 0 3 <exists> 9e15 "IntervalTier" "A" 0 3 8e15 0 1 "So.""#,
      "a.TextGrid")
    #expect(counted.value.source.turns.count == 1)
  }

  @Test
  func `a file of Praat that is no TextGrid says so`() {
    guard case .malformed = error(#""ooTextFile" "Sound 2" 0 1"#, "a.TextGrid") else {
      Issue.record("a sound was read")
      return
    }
    guard case .notText(_, let reason) = error("ooBinaryFile\u{8}TextGrid", "a.TextGrid") else {
      Issue.record("a binary file was read")
      return
    }
    #expect(reason.contains("Praat"))
  }

  @Test
  func `times that are not numbers or not of this world are unknown`() throws {
    let reading = try read(
      """
      {"segments":[{"start":1e300,"end":"soon","text":"One."},
      {"start":"00:01:02.5","end":null,"text":"Two.","speaker":3}]}
      """, "a.json")
    #expect(said(reading.value) == ["[] -1--1: One.", #"["SPEAKER_03"] 62500--1: Two."#])
  }

  // MARK: - Hostile

  @Test
  func `a document type is tolerated and one that declares anything is refused`() throws {
    let body = "<Trans><Turn startTime=\"0\" endTime=\"1\">&a;</Turn></Trans>"
    for type in [
      "[<!ENTITY a \"b\">]", "SYSTEM \"x.dtd\" [<!ENTITY a SYSTEM \"file:///etc/hostname\">]",
      "[<!ELEMENT Trans ANY>]", "[<!ATTLIST Turn speaker CDATA \"x\">]", "[<!ENTITY % p \"q\">]",
    ] {
      let text = "<!DOCTYPE Trans \(type)>\n\(body)"
      #expect(error(text, "a.trs") == .dtdNotAllowed(file: "a.trs", part: "transcriber"), "\(type)")
    }
    guard case .malformed = error(body, "a.trs") else {
      Issue.record("an entity that nobody declares was read")
      return
    }
  }

  @Test
  func `elements nested without end are refused`() {
    let text = "<TEI>" + String(repeating: "<div>", count: 4_000)
    guard case .malformed("a.tei", _, _, let reason) = error(text, "a.tei") else {
      Issue.record("deep elements were read")
      return
    }
    #expect(reason.contains("deeper"))
  }

  // MARK: - Encodings

  @Test
  func `bytes that do not fit the encoding are refused unless the caller knows it`() throws {
    let text = "<?xml version=\"1.0\"?>\n<TEI><u who=\"A\">caf\u{1}</u></TEI>"
    let bytes = Array(text.utf8).map { $0 == 1 ? 0xE9 : $0 }
    #expect(throws: ReadingError.self) { try TranscriptReader.read(bytes, name: "a.tei") }
    var options = TranscriptOptions()
    options.encoding = .windows1252
    let reading = try TranscriptReader.read(bytes, name: "a.tei", options: options)
    #expect(reading.value.text.string == "café")
  }

  @Test
  func `XML in UTF-16 is read as it says itself`() throws {
    let text = "<?xml version=\"1.0\" encoding=\"UTF-16\"?><TEI><u who=\"A\">sì</u></TEI>"
    let bytes: [UInt8] = [0xFF, 0xFE] + text.utf16.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }
    let reading = try TranscriptReader.read(bytes, name: "a.tei")
    #expect(reading.value.text.string == "sì")
    #expect(reading.diagnostics == [])
  }

  // MARK: - Tiers beside the talk

  private func elan(_ tiers: String) -> String {
    let slots = [0, 2000, 4000, 6000].enumerated().map {
      "<TIME_SLOT TIME_SLOT_ID=\"t\($0)\" TIME_VALUE=\"\($1)\"/>"
    }
    return "<ANNOTATION_DOCUMENT><TIME_ORDER>\(slots.joined())</TIME_ORDER>\(tiers)"
      + "<LINGUISTIC_TYPE LINGUISTIC_TYPE_ID=\"cv\" CONTROLLED_VOCABULARY_REF=\"v\"/>"
      + "<CONTROLLED_VOCABULARY CV_ID=\"v\"><CV_ENTRY_ML CVE_ID=\"e1\">"
      + "<CVE_VALUE LANG_REF=\"eng\">glad</CVE_VALUE><CVE_VALUE LANG_REF=\"deu\">froh</CVE_VALUE>"
      + "</CV_ENTRY_ML></CONTROLLED_VOCABULARY></ANNOTATION_DOCUMENT>"
  }

  private func annotation(
    _ id: String, _ from: Int, _ to: Int, _ value: String, _ more: String = ""
  ) -> String {
    "<ANNOTATION><ALIGNABLE_ANNOTATION ANNOTATION_ID=\"\(id)\" TIME_SLOT_REF1=\"t\(from)\" "
      + "TIME_SLOT_REF2=\"t\(to)\" \(more)><ANNOTATION_VALUE>\(value)</ANNOTATION_VALUE>"
      + "</ALIGNABLE_ANNOTATION></ANNOTATION>"
  }

  private func coded(_ reading: Reading<Transcript>) -> [String] {
    reading.value.codings.map { coding in
      "\(coding.value): \(coding.span.map { reading.value.text[$0] } ?? "-")"
    }
  }

  @Test
  func `a coding with the time of an utterance has its words, in ELAN the participant's`() throws {
    let text = elan(
      "<TIER TIER_ID=\"Una\">\(annotation("a", 0, 2, "Wet and cold."))</TIER>"
        + "<TIER TIER_ID=\"Rob\">\(annotation("b", 1, 2, "Quite."))\(annotation("c", 2, 3, "Yes."))"
        + "</TIER><TIER TIER_ID=\"mood\" PARTICIPANT=\"Rob\" LINGUISTIC_TYPE_REF=\"cv\">"
        + annotation("d", 1, 2, "", "CVE_REF=\"e1\"") + annotation("e", 0, 3, "sad") + "</TIER>"
        + "<TIER TIER_ID=\"gaze\" PARTICIPANT=\"Una\">\(annotation("i", 0, 1, "away"))</TIER>"
        + "<TIER TIER_ID=\"codes\">" + annotation("f", 0, 1, "rain")
        + annotation("g", 1, 2, "agree") + annotation("h", 1, 3, "both") + "</TIER>")
    // Rob speaks from 2 to 4 s and from 4 to 6 s, Una from 0 to 4 s. What looks at Una lies within
    // her time; `rain` too, but of whom it is nobody says.
    #expect(
      coded(try read(text, "a.eaf")) == [
        "glad: Quite.", "sad: -", "away: Wet and cold.", "rain: -", "agree: Quite.", "both: -",
      ])
  }

  @Test
  func `a coding with the time of an interval has its words in a TextGrid`() throws {
    let grid = """
      "ooTextFile" "TextGrid" 0 4 <exists> 4
      "IntervalTier" "Una" 0 4 2 0 2 "Wet." 2 4 "Cold."
      "IntervalTier" "Rob" 0 4 2 0 2 "Oh." 2 4 ""
      "IntervalTier" "codes" 0 4 2 0 2 "rain" 2 4 "frost"
      "IntervalTier" "notes" 0 4 1 2 3 "a door"
      """
    // Two speak from 0 to 2 s, and a door is no part of what is said meanwhile.
    #expect(
      coded(try read(grid, "a.TextGrid")) == ["rain: -", "frost: Cold.", "a door: -"])
  }

  // MARK: - What the caller knows

  @Test
  func `the caller says which tiers are speech and which hold codes`() throws {
    let grid = """
      "ooTextFile" "TextGrid" 0 3 <exists> 2
      "IntervalTier" "Ana" 0 3 1 0 3 "Wet."
      "IntervalTier" "Gaze" 0 3 1 1 2 "I look away."
      """
    let plain = try read(grid, "a.TextGrid").value
    #expect(plain.codings.map(\.tier) == ["Gaze"])
    let spoken = try read(grid, "a.TextGrid", TranscriptOptions([("speakers", "gaze")])).value
    #expect(spoken.codings == [])
    #expect(spoken.source.speakers.map(\.label) == ["Ana", "Gaze"])
    let codes = try read(grid, "a.TextGrid", TranscriptOptions([("code-tiers", "Ana")])).value
    #expect(codes.codings.map(\.value) == ["Wet.", "I look away."])
    #expect(codes.source.turns == [])
    #expect(codes.source.rendition.options == ["code-tiers": "Ana"])
  }

  @Test
  func `without a layout nobody is named`() throws {
    for (name, text) in Self.interview.sorted(by: { $0.key < $1.key }) {
      let reading = try read(text, name, TranscriptOptions([("layout", "none")]))
      #expect(reading.value.source.speakers == [], "\(name)")
      #expect(reading.value.source.turns.allSatisfy { $0.speakers.isEmpty }, "\(name)")
    }
  }

  // MARK: - Size

  @Test(arguments: ["a.cha", "a.eaf", "a.TextGrid", "a.exb", "a.trs", "a.tei", "a.json"])
  func `four times the turns take about four times as long`(_ name: String) throws {
    func time(_ count: Int) throws -> Double {
      let bytes = Array(Self.long(name, count).utf8)
      let times = try (0..<3).map { _ in
        try ContinuousClock().measure { _ = try TranscriptReader.read(bytes, name: name) }
      }
      return (times.min() ?? .zero) / .seconds(1)
    }
    let growth = try time(4_000) / time(1_000)
    #expect(growth < 11)
    #expect(try read(Self.long(name, 1_000), name).value.source.turns.count == 1_000)
  }

  private static func long(_ name: String, _ count: Int) -> String {
    func all(_ turn: (Int) -> String) -> String { (0..<count).map(turn).joined() }
    switch name {
    case "a.cha": return "@UTF8\n" + all { "*S\($0 % 3):\tyes . \u{15}\($0)_\($0 + 1)\u{15}\n" }
    case "a.eaf":
      return "<ANNOTATION_DOCUMENT><TIME_ORDER>"
        + all { "<TIME_SLOT TIME_SLOT_ID=\"t\($0)\" TIME_VALUE=\"\($0)\"/>" }
        + "</TIME_ORDER><TIER TIER_ID=\"A\">"
        + all {
          "<ANNOTATION><ALIGNABLE_ANNOTATION ANNOTATION_ID=\"a\($0)\" TIME_SLOT_REF1=\"t\($0)\" "
            + "TIME_SLOT_REF2=\"t\($0 + 1)\"><ANNOTATION_VALUE>yes</ANNOTATION_VALUE>"
            + "</ALIGNABLE_ANNOTATION></ANNOTATION>"
        } + "</TIER></ANNOTATION_DOCUMENT>"
    case "a.TextGrid":
      return #""ooTextFile" "TextGrid" 0 9 <exists> 1 "IntervalTier" "A" 0 9 "# + "\(count) "
        + all { "\($0) \($0 + 1) \"yes it is\" " }
    case "a.exb":
      // One long row of notes over each turn, which must not be looked through for each note.
      return "<basic-transcription><speakertable><speaker id=\"A\"/></speakertable>"
        + "<basic-body><common-timeline>" + all { "<tli id=\"t\($0)\"/><tli id=\"u\($0)\"/>" }
        + "</common-timeline><tier speaker=\"A\" type=\"t\">"
        + all { "<event start=\"t\($0)\" end=\"u\($0)\">yes</event>" }
        + "</tier><tier speaker=\"A\" type=\"a\" category=\"a\">"
        + all { _ in "<event start=\"t0\" end=\"u\(count - 1)\">x</event>" }
        + "</tier></basic-body></basic-transcription>"
    case "a.trs":
      return "<Trans>" + all { "<Turn speaker=\"s\($0 % 3)\" startTime=\"\($0)\">yes</Turn>" }
        + "</Trans>"
    case "a.tei": return "<TEI>" + all { "<u who=\"s\($0 % 3)\">yes</u>" } + "</TEI>"
    default:
      return "{\"segments\":["
        + (0..<count).map { "{\"start\":\($0),\"text\":\"yes \($0)\",\"speaker\":\($0 % 3)}" }
        .joined(separator: ",") + "]}"
    }
  }
}
