/// The command `swift run -c release QDABenchmarks memory transcripts`.
@main
enum Benchmarks {
  static func main() throws {
    for name in CommandLine.arguments.dropFirst() {
      switch name {
      case "memory": Memory.run()
      case "transcripts": try Transcripts.run()
      default: print("there is no benchmark '\(name)'; there are: memory, transcripts")
      }
    }
  }
}
