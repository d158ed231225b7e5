// Codes an interview by hand, shows each coded passage in its turn, and takes the last step back.
//
//   qda script Documentation/Examples/CodeByHand.swift

import Foundation
import QDA

var random = SystemRandomNumberGenerator()
var project = Project(id: ID(using: &random), title: "A first interview")

// The interview: the reader finds the speakers and their turns.
let interview = """
  Interviewer: How did the group begin?
  P1: With a kettle. She walked them in herself, the first few weeks.
  Interviewer: And now?
  P1: Now they come on their own, and they bring a neighbour.
  """
let reading = try TranscriptReader.read(Array(interview.utf8), name: "P1.txt")
let source = reading.value.source
project.sources[source.id] = source
project.texts = MemoryTexts([source.id: reading.value.text])

let person = Case(id: ID(using: &random), name: "P1", covers: [.source(source.id)])
project.cases[person.id] = person

// A code, and a coding of the words that it is about.
let accompanying = Code(
  id: ID(using: &random), number: "1.1", name: "Accompanying",
  definition: "Somebody comes along the first time.")
project.codebook.codes[accompanying.id] = accompanying

let words = Anchor(quote: "She walked them in herself")
guard let span = words.locate(in: reading.value.text, near: nil).span else {
  print("the words are not in the interview")
  exit(1)
}
let passage = Passage(id: ID(using: &random), source: source.id, region: .text(span))
let coding = Coding(id: ID(using: &random), passage: passage.id, code: accompanying.id)
let step = Change(
  id: ID(using: &random), why: "first reading",
  operations: [
    .insert(.passage(passage), at: nil), .insert(.coding(coding, in: source.id), at: nil),
  ])
try project.apply(step)

for coding in project.codings(of: accompanying.id) {
  guard let quotation = try project.quotation(of: coding.passage, by: Attribution(project)) else {
    continue
  }
  print("\(quotation.speaker ?? "?"): …\(quotation.before)[\(quotation.words)]\(quotation.after)")
}

try project.apply(step.inverted(id: ID(using: &random)))
print("after undo: \(project.codings.count) codings")
