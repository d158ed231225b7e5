/// The command `swift run -c release QDABenchmarks NAME ARGUMENT…`.
@main
enum Benchmarks {
  static func main() throws {
    let arguments = Array(CommandLine.arguments.dropFirst())
    switch arguments.first {
    case "memory": Memory.run()
    case "transcripts": try Transcripts.run()
    case "projects": try Projects.run(Array(arguments.dropFirst()))
    case "generate": try Generated.run(Array(arguments.dropFirst()))
    case "fuzz": try Fuzzing.run(Array(arguments.dropFirst()))
    default:
      print(
        "name a benchmark: memory, transcripts, projects FILE…, generate SELECTIONS FILE, "
          + "fuzz SECONDS SEED FOLDER…")
    }
  }
}
