import QDA
import Testing

struct CSVTests {
  // RFC 4180, section 2, rules 5 to 7.
  @Test
  func `fields with separators, quotation marks and line ends are quoted`() {
    #expect(
      CSV.record(["a", "b,c", "d\"e", "f\ng", "h\r\ni"])
        == "a,\"b,c\",\"d\"\"e\",\"f\ng\",\"h\r\ni\"")
    #expect(CSV.record(["a;b", "c,d"], separator: ";") == "\"a;b\";c,d")
    #expect(CSV.record([" a", "b ", " \u{301}"]) == "\" a\",\"b \",\" \u{301}\"")
    #expect(CSV.record([""]) == "\"\"")
    #expect(CSV.record(["", ""]) == ",")
  }

  @Test(arguments: ["=1+1", "+1", "-1", "@x", "\tx", "\rx"])
  func `what a spreadsheet would run is shown and not run`(formula: String) {
    #expect(CSV.text(of: [[formula]]).contains("'" + formula))
  }
}
