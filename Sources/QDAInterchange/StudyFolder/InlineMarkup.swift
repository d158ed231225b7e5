internal import QDACore
extension StudyReader {
  mutating func readInlineCodings() {}
}
