// Package rules holds the rules: one file each, one list of them all, and the presets.
package rules

import (
	"slices"
	"strings"

	"github.com/buildlint/buildlint/analysis"
)

// All returns all rules by name. To add one, write its file and name it here and in its preset.
func All() []*analysis.Rule {
	all := slices.Concat(recommended(), aurora(), style(), walt(), launchpad(), harpoon(), pex())
	slices.SortStableFunc(all, func(a, b *analysis.Rule) int { return strings.Compare(a.Name, b.Name) })
	return slices.CompactFunc(all, func(a, b *analysis.Rule) bool { return a.Name == b.Name }) // some are in two presets
}

// recommended returns the rules that are true of any BUILD file.
func recommended() []*analysis.Rule {
	return []*analysis.Rule{
		dependencyCycle(),
		deprecatedTarget(),
		duplicateDependency(),
		duplicateTarget(),
		entryPointUnresolved(),
		implicitConcatenation(),
		redundantTargetName(),
		sharedSource(),
		suspiciousGlob(),
		syntaxError(),
		unknownField(),
		unknownTargetType(),
		unmatchedGlob(),
		unresolvedDependency(),
		unusedPrivateTarget(),
		unusedSuppression(),
	}
}

// aurora returns the rules of Apache Aurora's Python build conventions.
func aurora() []*analysis.Rule {
	return []*analysis.Rule{
		binaryDependencies(),
		binaryDependency(),
		binaryEntryPoint(),
		binaryName(),
		frozenResources(),
		librarySources(),
		libraryProvides(),
		onePublicLibrary(),
		orphanSource(),
		packageLayout(),
		privateDependency(),
		privateTargetName(),
		providesName(),
		providesVersion(),
		publicLibraryName(),
		singlePrivateDependency(),
		withBinariesComplete(),
		withBinariesDict(),
	}
}

// style returns the rules of form, for repositories without a formatter.
func style() []*analysis.Rule {
	return []*analysis.Rule{
		licenseHeader(),
		trailingComma(),
		unsortedDependencies(),
	}
}

// walt returns the rules of a repository of many distributions, one for each sub-directory.
func walt() []*analysis.Rule {
	return []*analysis.Rule{
		distributionLayout(),
		internalRequirement(),
		interpreterConstraints(),
		missingTests(),
		namespacePackage(),
		noShellScripts(),
		orphanSource(),
		providesVersion(),
		purePython(),
		requirementStyle(),
	}
}

// launchpad returns the rules of requirements with constraints.
func launchpad() []*analysis.Rule {
	return []*analysis.Rule{
		constraintPinned(),
		directURLRequirement(),
		duplicateRequirement(),
		entryPointUnresolved(),
		forkVersion(),
		requirementConstrained(),
		requirementStyle(),
		unusedConstraint(),
	}
}

// harpoon returns the rules of a package that imports cleanly.
func harpoon() []*analysis.Rule {
	return []*analysis.Rule{
		entryPointUnresolved(),
		missingInit(),
		moduleShadowsPackage(),
		providesFields(),
	}
}

// pex returns the rules of one self-contained file for each script.
func pex() []*analysis.Rule {
	return []*analysis.Rule{
		binaryEntryPoint(),
		binaryPerScript(),
		nativeBinaryPlatforms(),
		unusedRequirement(),
	}
}

// Presets returns the names of the rules of each preset.
func Presets() map[string][]string {
	return map[string][]string{
		"recommended": names(recommended()),
		"aurora":      names(aurora()),
		"style":       names(style()),
		"walt":        names(walt()),
		"launchpad":   names(launchpad()),
		"harpoon":     names(harpoon()),
		"pex":         names(pex()),
		"all":         names(All()),
	}
}

// Defaults returns the presets that are on where no configuration says otherwise.
func Defaults(dialect string) []string {
	if dialect == "pants1" {
		return []string{"recommended", "aurora"}
	}
	return []string{"recommended"}
}

// Named returns the rule of the given name, nil if there is none.
func Named(name string) *analysis.Rule {
	for _, r := range All() {
		if r.Name == name {
			return r
		}
	}
	return nil
}

func names(rules []*analysis.Rule) []string {
	names := make([]string, len(rules))
	for i, r := range rules {
		names[i] = r.Name
	}
	return names
}
