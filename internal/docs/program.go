package docs

import (
	"encoding/json"
	"fmt"
)

// A Program runs buildlint with the given arguments and returns what it prints to standard output. The generator asks
// it, rather than the packages below, for what users are to read of the command line and of the configuration.
type Program func(args ...string) (string, error)

// schema returns the JSON schema of buildlint.toml: as it is written, and decoded.
func (run Program) schema() (string, *schema, error) {
	text, err := run("config", "--schema")
	if err != nil {
		return "", nil, err
	}
	var s schema
	if err := json.Unmarshal([]byte(text), &s); err != nil {
		return "", nil, fmt.Errorf("reading the schema: %w", err)
	}
	return text, &s, nil
}
