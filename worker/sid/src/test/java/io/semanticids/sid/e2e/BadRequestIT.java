package io.semanticids.sid.e2e;

import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Requests that cannot be meant: exit code 2 before anything starts. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BadRequestIT {
  private Path folder;

  @BeforeAll
  void inputs() {
    folder = Work.folder("bad-request");
    Work.write(folder.resolve("items.jsonl"), Inputs.lines(20, Inputs::item));
    Work.write(folder.resolve("broken.json"), "{\"dataset\": \"items.jsonl\",\n \"size\": }");
    Work.write(
        folder.resolve("twice.json"), "{\"dataset\": \"items.jsonl\", \"size\": 1, \"size\": 2}");
    Work.write(folder.resolve("list.json"), "[1, 2]");
    Work.write(
        folder.resolve("many.json"),
        """
        {"dataset": "items.jsonl", "sise": 64, "scope": "all", "uniform": "maybe", "levels": "three",
         "seed": 1.5, "text": [], "tau": -1, "batch": 7, "shardRows": 1000, "queueTimeout": "soon"}
        """);
  }

  private static Arguments set(String setting, String... says) {
    return arguments(List.of("items.jsonl", "--set", setting), List.of(says));
  }

  static Stream<Arguments> requests() {
    return Stream.of(
        set("sizee=64", "sizee", "did you mean size?"),
        set("Uniform=true", "Uniform", "did you mean uniform?"),
        set("levels=many", "levels", "\"many\"", "whole number"),
        set("size=64.5", "size", "64.5"),
        set("uniform=perhaps", "uniform", "perhaps"),
        set("size=0", "size", "0 is too small", "least is 1"),
        set("size=-3", "size", "-3", "least is 1"),
        set("size=100,0,30", "size", "0 is too small"),
        set("size=100000", "size", "65,536"),
        set("levels=0", "levels", "0 is too small"),
        set("scope=prefixes", "scope", "prefixes", "level, last, prefix"),
        set("model=minlm", "model", "minlm", "minilm"),
        set("model=checkpoint", "checkpoint", "weights"),
        set("shardRows=1000", "shardRows", "1,000", "multiple of 512"),
        set("tau=0", "tau", "0"),
        set("iterations=0", "iterations", "0"),
        set("batch=7", "batch", "7", "512"),
        set("beam=500", "beam", "500", "256"),
        set("queueTimeout=soon", "queueTimeout", "soon", "PT"),
        set("dataset", "dataset", "key=value"),
        arguments(
            List.of("items.jsonl", "--set", "levels=2", "--set", "size=100,48,30"),
            List.of("levels: 2", "100,48,30")),
        arguments(
            List.of("items.jsonl", "--set", "size=8,8", "--set", "uniform=true,false,true"),
            List.of("uniform", "lists 3", "2 levels")),
        arguments(
            List.of("items.jsonl", "--set", "size=8192", "--set", "uniform=true"),
            List.of("8,192", "4,096")),
        arguments(List.of("items.jsonl", "--name", "../other"), List.of("../other", "letters")),
        arguments(List.of("items.jsonl", "--name", ""), List.of("name", "letters")),
        arguments(List.of("items.jsonl", "--name", "n".repeat(129)), List.of("129", "128")),
        arguments(List.of("--request", "broken.json"), List.of("broken.json", "line 2")),
        arguments(List.of("--request", "twice.json"), List.of("twice.json", "size")),
        arguments(List.of("--request", "list.json"), List.of("list.json", "JSON object")),
        arguments(List.of("--request", "absent.json"), List.of("absent.json")),
        arguments(
            List.of("--request", "many.json"),
            List.of(
                "10 problems",
                "sise: there is no such key; did you mean size?",
                "scope",
                "uniform",
                "levels",
                "seed",
                "text",
                "tau",
                "batch",
                "shardRows",
                "queueTimeout")),
        arguments(List.of("items.jsonl", "--outptu", "x"), List.of("--outptu", "--output")),
        arguments(List.of("items.jsonl", "more.jsonl"), List.of("more.jsonl")));
  }

  @ParameterizedTest
  @MethodSource("requests")
  void isRefusedBeforeAnythingStarts(List<String> arguments, List<String> says) {
    new Refusal(Program.in(folder).brief(), folder.resolve("out"))
        .run(Refusal.INVALID, arguments, says);
  }

  @ParameterizedTest
  @MethodSource
  void otherCommandsRefuseAsWell(int exitCode, List<String> command, List<String> says) {
    new Refusal(Program.in(folder).brief(), folder.resolve("out")).command(exitCode, command, says);
  }

  static Stream<Arguments> otherCommandsRefuseAsWell() {
    return Stream.of(
        wrong(List.of(), "command"),
        wrong(List.of("runn"), "runn", "run"),
        wrong(List.of("sample", "--items", "0", "--output", "x.jsonl"), "0", "positive"),
        wrong(List.of("sample", "--items", "5", "--output", "x.csv"), "x.csv", ".jsonl"),
        wrong(List.of("sample", "--output", "x.jsonl"), "--items"),
        wrong(List.of("embed", "items.jsonl", "--output", "x.txt"), "x.txt", ".npy"),
        wrong(List.of("embed", "items.jsonl", "--model", "bert", "--output", "x.npy"), "bert"),
        wrong(List.of("gc", "nowhere"), "nowhere"),
        wrong(List.of("embed", "absent.jsonl", "--output", "x.npy"), "absent.jsonl"),
        absent(
            List.of("encode", "--codebook", "nowhere", "items.jsonl", "--output", "x.jsonl"),
            "nowhere"),
        absent(List.of("report", "./nowhere"), "nowhere"));
  }

  private static Arguments wrong(List<String> command, String... says) {
    return arguments(Refusal.INVALID, command, List.of(says));
  }

  private static Arguments absent(List<String> command, String... says) {
    return arguments(Refusal.FAILED, command, List.of(says));
  }
}
