package cli

import "fmt"

type versionCmd struct{}

// Run prints the version.
func (versionCmd) Run(env *Env) error {
	_, err := fmt.Fprintln(env.Stdout, "ganvas "+env.Version)
	return err
}
