"""Makes checkpoints with random weights, and what transformers computes from them.

    python -m venv ~/checkpoints && ~/checkpoints/bin/pip install -r requirements.txt
    ~/checkpoints/bin/python make.py tiny ../../activities/embed/src/test/resources/checkpoints
    ~/checkpoints/bin/python make.py tokenizers products.jsonl ../../activities/embed/src/test/resources/tokenizers
    ~/checkpoints/bin/python make.py full qwen3-0.6b /tmp/qwen3-0.6b --texts products.jsonl

`tiny` writes the folders that the tests of activities/embed read: a checkpoint as Hugging Face's `save_pretrained`
leaves it, a tokenizer of the family's kind, and `expected.json` (texts, token numbers, unit vectors by last-token
pooling, each text alone). `tokenizers` trains one tokenizer of each family's kind on a catalogue's texts and notes what
transformers makes of 200 of them. `full` writes a checkpoint of a published model's shape with random weights.
Everything follows from the seed below: the same versions make the same files, but for the last digits of the expected
vectors, which are the processor's.
"""

import argparse
import collections
import hashlib
import json
import math
import pathlib
import shutil

import torch
from tokenizers import Regex, Tokenizer, decoders, models, normalizers, pre_tokenizers, processors, trainers
from transformers import Gemma3TextConfig, Gemma3TextModel, PreTrainedTokenizerFast, Qwen3Config, Qwen3Model

SEED = 1
TEXTS = [
    "HP 74 Black & 75 Tri-color Original Ink Cartridges, 2 Cartridges",
    "",
    " ",
    "A",
    "Stapler, full strip desktop, 20 sheets, black",
    "stapler full strip desktop 20 sheets black",
    "Büroklammern, 50 mm, verzinkt – 100 Stück\nfür Ordner und Mappen",
    "日本語の製品説明 and 😀 emoji 👩‍👩‍👧‍👦",
    "word " * 40,
    "It's so sunny outside! " * 12 + "End.",
    "<p>1,000 sheets/box; 8.5\" x 11\"</p>",
    "x",
]
CORPUS = TEXTS + [
    "Ink cartridge for printers, paper for the office, pens and pencils in a box of twelve",
    "Letter size paper 500 sheets white bright copy multipurpose laser inkjet",
    "Desktop stapler with staples, standard, metal, rubber base, and the desk organizer",
]

# How Qwen's tokenizer cuts a text into words: contractions, letters, single digits, signs, line ends, spaces.
WORDS = (
    r"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+"
)


def byte_level_bpe(vocabulary, corpus=None):
    """Of Qwen's kind: byte-level BPE, NFC, an end-of-text token after each text."""
    tokenizer = Tokenizer(models.BPE())
    tokenizer.normalizer = normalizers.NFC()
    tokenizer.pre_tokenizer = (
        pre_tokenizers.Sequence(
            [
                pre_tokenizers.Split(Regex(WORDS), "isolated"),
                pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=False),
            ]
        )
        if corpus
        else pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=True)
    )
    tokenizer.decoder = decoders.ByteLevel()
    trainer = trainers.BpeTrainer(
        vocab_size=vocabulary,
        special_tokens=["<|endoftext|>"],
        initial_alphabet=sorted(pre_tokenizers.ByteLevel.alphabet()),
        show_progress=False,
    )
    tokenizer.train_from_iterator(corpus or CORPUS, trainer)
    end = tokenizer.token_to_id("<|endoftext|>")
    tokenizer.post_processor = processors.TemplateProcessing(
        single="$A <|endoftext|>", pair="$A $B <|endoftext|>", special_tokens=[("<|endoftext|>", end)]
    )
    return tokenizer


def byte_fallback_bpe(vocabulary, corpus=None):
    """Of Gemma's kind: BPE with byte fallback, spaces as a mark, a start token before each text."""
    tokenizer = Tokenizer(models.BPE(byte_fallback=True, unk_token="<unk>", fuse_unk=True))
    tokenizer.normalizer = normalizers.Replace(" ", "▁")
    special = ["<pad>", "<eos>", "<bos>", "<unk>"] + [f"<0x{byte:02X}>" for byte in range(256)]
    # The most frequent characters, ties by number: the trainer's own choice among equals is another one each time.
    counts = collections.Counter(character for text in corpus or CORPUS for character in text.replace(" ", "▁"))
    alphabet = sorted(counts, key=lambda character: (-counts[character], character))[: 100 if corpus else 60]
    trainer = trainers.BpeTrainer(
        vocab_size=vocabulary,
        special_tokens=special,
        initial_alphabet=alphabet,
        limit_alphabet=len(alphabet),
        show_progress=False,
    )
    plain = Tokenizer(models.BPE())
    plain.normalizer = tokenizer.normalizer
    plain.pre_tokenizer = pre_tokenizers.Split("▁", "merged_with_next")
    plain.train_from_iterator(corpus or CORPUS, trainer)
    learnt = json.loads(plain.to_str())
    whole = json.loads(tokenizer.to_str())
    whole["model"]["vocab"] = learnt["model"]["vocab"]
    whole["model"]["merges"] = learnt["model"]["merges"]
    whole["added_tokens"] = [token for token in learnt["added_tokens"] if not token["content"].startswith("<0x")]
    tokenizer = Tokenizer.from_str(json.dumps(whole))
    tokenizer.decoder = decoders.Sequence([decoders.Replace("▁", " "), decoders.ByteFallback(), decoders.Fuse()])
    start = tokenizer.token_to_id("<bos>")
    tokenizer.post_processor = processors.TemplateProcessing(
        single="<bos> $A", pair="<bos> $A $B", special_tokens=[("<bos>", start)]
    )
    return tokenizer


def randomise(model, seed):
    """Weights of about unit gain, norms away from their neutral value: nothing may cancel by luck."""
    generator = torch.Generator().manual_seed(seed)
    gemma = isinstance(model, Gemma3TextModel)
    with torch.no_grad():
        for name, weight in model.named_parameters():
            noise = torch.randn(weight.shape, generator=generator)
            if name.endswith("norm.weight"):
                weight.copy_((0.0 if gemma else 1.0) + 0.3 * noise)
            elif "embed_tokens" in name:
                weight.copy_(noise * (1 / math.sqrt(weight.shape[1]) if gemma else 1.0))
            else:
                weight.copy_(noise * 1.5 / math.sqrt(weight.shape[1]))
    return model


QWEN3 = dict(
    vocab_size=384, hidden_size=32, intermediate_size=48, num_hidden_layers=2, max_position_embeddings=512
)
GEMMA = dict(
    vocab_size=448, hidden_size=32, intermediate_size=48, max_position_embeddings=512, sliding_window=8,
    pad_token_id=0, eos_token_id=1, bos_token_id=2,
)
TINY = {
    # name: (family, config, dtype, largest file, names begin with "model.")
    "qwen3-f32": (Qwen3Model, dict(QWEN3, num_attention_heads=4, num_key_value_heads=2, head_dim=16), torch.float32, "5GB", False),
    "qwen3-bf16": (Qwen3Model, dict(QWEN3, num_attention_heads=2, num_key_value_heads=2, head_dim=32, rope_theta=1e6, tie_word_embeddings=True), torch.bfloat16, "30KB", True),
    "qwen3-f16": (Qwen3Model, dict(QWEN3, num_hidden_layers=3, num_attention_heads=4, num_key_value_heads=1, head_dim=8), torch.float16, "5GB", False),
    "gemma3-f32": (Gemma3TextModel, dict(GEMMA, num_hidden_layers=3, num_attention_heads=4, num_key_value_heads=1, head_dim=8, query_pre_attn_scalar=12, layer_types=["sliding_attention", "sliding_attention", "full_attention"]), torch.float32, "40KB", True),
    "gemma3-bf16": (Gemma3TextModel, dict(GEMMA, num_hidden_layers=4, num_attention_heads=2, num_key_value_heads=2, head_dim=16, query_pre_attn_scalar=16, layer_types=["sliding_attention", "full_attention"] * 2), torch.bfloat16, "5GB", False),
    "qwen3-untied": (Qwen3Model, dict(QWEN3, num_attention_heads=4, num_key_value_heads=2, head_dim=10, tie_word_embeddings=False), torch.bfloat16, "30KB", True),
    "gemma3-f16": (Gemma3TextModel, dict(GEMMA, num_hidden_layers=3, num_attention_heads=4, num_key_value_heads=2, head_dim=12, query_pre_attn_scalar=10, layer_types=["sliding_attention", "full_attention", "sliding_attention"]), torch.float16, "5GB", False),
}
FULL = {
    "qwen3-0.6b": (Qwen3Model, dict(vocab_size=151669, hidden_size=1024, intermediate_size=3072, num_hidden_layers=28, num_attention_heads=16, num_key_value_heads=8, head_dim=128, max_position_embeddings=32768, rope_theta=1e6), torch.bfloat16, "5GB", False),
    "qwen3-8b": (Qwen3Model, dict(vocab_size=151665, hidden_size=4096, intermediate_size=12288, num_hidden_layers=36, num_attention_heads=32, num_key_value_heads=8, head_dim=128, max_position_embeddings=40960, rope_theta=1e6), torch.bfloat16, "5GB", False),
    "gemma-3-270m": (Gemma3TextModel, dict(vocab_size=262144, hidden_size=640, intermediate_size=2048, num_hidden_layers=18, num_attention_heads=4, num_key_value_heads=1, head_dim=256, query_pre_attn_scalar=256, max_position_embeddings=32768, sliding_window=512, pad_token_id=0, eos_token_id=1, bos_token_id=2), torch.bfloat16, "5GB", True),
}


def build(family, config, dtype, seed):
    make = Qwen3Config if family is Qwen3Model else Gemma3TextConfig
    return randomise(family(make(**config)).eval(), seed).to(dtype)


def tokenizer_for(family, vocabulary, corpus=None):
    make = byte_level_bpe if family is Qwen3Model else byte_fallback_bpe
    return make(vocabulary, corpus)


def catalogue(path):
    """Texts as a request's defaults read them: title, line feed, description."""
    for line in path.read_text(encoding="utf-8").splitlines():
        item = json.loads(line)
        yield "\n".join(item[field] for field in ("title", "description") if item.get(field))


def save(model, tokenizer, folder, largest, prefixed):
    """As `save_pretrained` does; with the prefix, and the head, that checkpoints of whole language models have."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    tokenizer.save(str(folder / "tokenizer.json"))
    if prefixed:
        state = {"model." + name: weight for name, weight in model.state_dict().items()}
        if not model.config.tie_word_embeddings:
            state["lm_head.weight"] = torch.randn_like(model.get_input_embeddings().weight)
        model.save_pretrained(folder, state_dict=state, max_shard_size=largest)
    else:
        model.save_pretrained(folder, max_shard_size=largest)
    names = ["config.json", "tokenizer.json"]
    for path in folder.iterdir():
        if path.name not in names and ".safetensors" not in path.name:
            path.unlink()


def vectors(model, tokenizer):
    rows = []
    for text in TEXTS:
        ids = tokenizer.encode(text).ids
        with torch.no_grad():
            hidden = model(torch.tensor([ids])).last_hidden_state[0, -1].float()
        rows.append({"text": text, "ids": ids, "vector": [round(v, 8) for v in (hidden / hidden.norm()).tolist()]})
    return rows


def tiny(target):
    for seed, (name, (family, config, dtype, largest, prefixed)) in enumerate(TINY.items(), SEED):
        model = build(family, config, dtype, seed)
        tokenizer = tokenizer_for(family, config["vocab_size"])
        folder = target / name
        save(model, tokenizer, folder, largest, prefixed)
        # Float16 is read and not computed in.
        reference = model.float() if dtype is torch.float16 else model
        (folder / "expected.json").write_text(json.dumps(vectors(reference, tokenizer), ensure_ascii=True, indent=0))
        size = sum(path.stat().st_size for path in folder.iterdir())
        print(f"{folder}: {size / 1000:.0f} kB, {len(list(folder.glob('*.safetensors')))} file(s)")


def digest(ids):
    """SHA-256 of token numbers as little-endian int32."""
    return hashlib.sha256(b"".join(number.to_bytes(4, "little") for number in ids)).hexdigest()


def tokenizers(texts, target):
    """The numbers themselves would be a megabyte: their count and digest tell as well whether all are equal."""
    corpus = list(catalogue(texts))
    rows = range(0, len(corpus), len(corpus) // 200)[:200]
    target.mkdir(parents=True, exist_ok=True)
    for name, family in (("qwen3", Qwen3Model), ("gemma3", Gemma3TextModel)):
        tokenizer = tokenizer_for(family, 2_000, corpus)
        file = target / f"{name}.json"
        tokenizer.save(str(file), pretty=False)
        reference = PreTrainedTokenizerFast(tokenizer_file=str(file))
        with (target / f"{name}-expected.tsv").open("w") as expected:
            for row in rows:
                ids = reference(corpus[row])["input_ids"]
                print(row, len(ids), digest(ids), sep="\t", file=expected)
        print(f"{file}: {file.stat().st_size / 1000:.0f} kB, {len(rows)} texts")


def full(shape, target, layers, texts):
    family, config, dtype, largest, prefixed = FULL[shape]
    if layers:
        # In several files all the same.
        config, largest = dict(config, num_hidden_layers=layers), "1GB"
    torch.set_default_dtype(dtype)
    model = build(family, config, dtype, SEED)
    corpus = list(catalogue(texts)) if texts else None
    save(model, tokenizer_for(family, 32_000 if texts else 600, corpus), target, largest, prefixed)
    print(f"{target}: {sum(p.stat().st_size for p in target.iterdir()) / 1e9:.2f} GB")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    commands = parser.add_subparsers(required=True, dest="command")
    command = commands.add_parser("tiny")
    command.add_argument("target", type=pathlib.Path)
    command = commands.add_parser("full")
    command.add_argument("shape", choices=FULL)
    command.add_argument("target", type=pathlib.Path)
    command.add_argument("--layers", type=int, help="fewer layers of the true widths")
    command.add_argument("--texts", type=pathlib.Path, help="a catalogue (JSONL) to train the tokenizer on")
    command = commands.add_parser("tokenizers")
    command.add_argument("texts", type=pathlib.Path, help="a catalogue (JSONL)")
    command.add_argument("target", type=pathlib.Path)
    arguments = parser.parse_args()
    torch.manual_seed(SEED)
    if arguments.command == "tiny":
        tiny(arguments.target)
    elif arguments.command == "tokenizers":
        tokenizers(arguments.texts, arguments.target)
    else:
        full(arguments.shape, arguments.target, arguments.layers, arguments.texts)


if __name__ == "__main__":
    main()
