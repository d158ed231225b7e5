/// The command `swift run -c release QDABenchmarks NAME ARGUMENT…`.
@main
enum Benchmarks {
  static func main() throws {
    let arguments = Array(CommandLine.arguments.dropFirst())
    switch arguments.first {
    case "memory": Memory.run()
    case "transcripts": try transcripts(Array(arguments.dropFirst()))
    case "projects": try Projects.run(Array(arguments.dropFirst()))
    case "framework": try FrameworkFigures.run(Array(arguments.dropFirst()))
    case "generate": try Generated.run(Array(arguments.dropFirst()))
    case "fuzz": try Fuzzing.run(Array(arguments.dropFirst()))
    default:
      print(
        "name a benchmark: memory, transcripts, transcripts --samples FOLDER FACTS, "
          + "transcripts --texts FOLDER…, transcripts --peers FOLDER, transcripts --read FILE…, "
          + "projects FILE…, framework [FILE…], generate COUNT FILE, fuzz SECONDS SEED FOLDER…"
      )
    }
  }

  private static func transcripts(_ arguments: [String]) throws {
    switch arguments.first {
    case "--samples": try TranscriptSamples.run(Array(arguments.dropFirst()))
    case "--texts": try TranscriptTexts.run(Array(arguments.dropFirst()))
    case "--peers": try TranscriptPeers.run(Array(arguments.dropFirst()))
    case "--read": try TranscriptPeers.read(Array(arguments.dropFirst()))
    default: try Transcripts.run()
    }
  }
}
