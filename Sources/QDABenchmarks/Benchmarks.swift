/// `swift run -c release QDABenchmarks [memory]`.
@main
enum Benchmarks {
  static func main() {
    for name in CommandLine.arguments.dropFirst() where name == "memory" { Memory.run() }
  }
}
