// Only to build the Temporal CLI with its development server: `go install` refuses the CLI's own
// module because of the local replacement in it, so the replacement is repeated here with a version.
module semantic-ids/dev

go 1.26.4

require github.com/temporalio/cli v1.8.2

replace github.com/temporalio/cli/cliext => github.com/temporalio/cli/cliext v0.0.0-20260731000218-c579925f193f
