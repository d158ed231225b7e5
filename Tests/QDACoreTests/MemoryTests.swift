import Testing

@testable import QDACore

struct MemoryTests {
  // 2,000,000 codings on 1,605,000 passages: 40 + 2 × 4 bytes a coding, 56 + 2 × 4 a passage.
  @Test
  func `the rows of a coding and its passage keep within a hundred bytes and a few`() {
    #expect(MemoryLayout<CodingRow>.stride == 40)
    #expect(MemoryLayout<PassageRow>.stride == 56)
    #expect(MemoryLayout<ID<Coding>>.stride == 16)
    #expect(MemoryLayout<TextSpan>.stride == 8)
    #expect(MemoryLayout<Timestamp>.stride == 8)
  }
}
