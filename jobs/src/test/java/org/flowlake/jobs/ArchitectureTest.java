package org.flowlake.jobs;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/**
 * Imports run one way: jobs stand on converters, converters on udfs; decoders know bytes,
 * connectors know Spark, jobs know questions.
 */
@AnalyzeClasses(packages = "org.flowlake", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
  private static final String UDFS = "org.flowlake.udfs..";
  private static final String CONVERTERS = "org.flowlake.converters..";
  private static final String JOBS = "org.flowlake.jobs..";

  private static final DescribedPredicate<JavaClass> MAY_KNOW_SPARK =
      resideInAnyPackage(
              "org.flowlake.udfs.function..",
              "org.flowlake.converters.source..",
              "org.flowlake.converters.rollup..",
              "org.flowlake.converters.parquet..",
              "org.flowlake.converters.search..",
              "org.flowlake.converters.lake..")
          .or(nameMatching("org\\.flowlake\\.converters\\.flow\\.FlowSchema.*"))
          .or(
              nameMatching(
                  "org\\.flowlake\\.jobs\\.filter\\.(FilterCompiler|ConditionText|LeafCompiler|NecessaryBounds|AddressCompiler|Condition|NativeCall|InterpretedCondition|FlowFilter).*"))
          .or(
              resideInAPackage(JOBS)
                  .and(DescribedPredicate.not(resideInAPackage("org.flowlake.jobs.filter.."))));

  @ArchTest
  static final ArchRule UDFS_STAND_ON_NOTHING =
      noClasses()
          .that()
          .resideInAPackage(UDFS)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(CONVERTERS, JOBS);

  @ArchTest
  static final ArchRule CONVERTERS_DO_NOT_KNOW_JOBS =
      noClasses()
          .that()
          .resideInAPackage(CONVERTERS)
          .should()
          .dependOnClassesThat()
          .resideInAPackage(JOBS);

  @ArchTest
  static final ArchRule SPARK_STAYS_IN_THE_CONNECTORS =
      noClasses()
          .that(DescribedPredicate.not(MAY_KNOW_SPARK))
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.apache.spark..", "org.apache.iceberg..");

  @ArchTest
  static final ArchRule DECODERS_KNOW_NO_CONNECTOR =
      noClasses()
          .that()
          .resideInAnyPackage(
              "org.flowlake.converters.nfcapd..",
              "org.flowlake.converters.flow..",
              "org.flowlake.converters.io..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "org.flowlake.converters.source..",
              "org.flowlake.converters.parquet..",
              "org.flowlake.converters.search..",
              "org.flowlake.converters.lake..",
              "org.apache.hadoop..");

  @ArchTest
  static final ArchRule BYTES_KNOW_NO_FLOWS =
      noClasses()
          .that()
          .resideInAPackage("org.flowlake.converters.io..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.flowlake.converters.flow..", "org.flowlake.converters.nfcapd..");

  @ArchTest
  static final ArchRule THE_SOURCE_DOES_NOT_KNOW_THE_LAKE =
      noClasses()
          .that()
          .resideInAPackage("org.flowlake.converters.source..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.flowlake.converters.lake..");

  @ArchTest
  static final ArchRule PACKAGES_OF_JOBS_FORM_NO_CYCLE =
      slices().matching("org.flowlake.jobs.(*)..").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule ONLY_THE_COMMAND_LINE_ENDS_THE_PROCESS =
      noClasses()
          .that()
          .resideOutsideOfPackage("org.flowlake.jobs.cli..")
          .should()
          .callMethod(System.class, "exit", int.class);

  @ArchTest
  static final ArchRule NAMES_SAY_WHAT_A_CLASS_IS =
      classes().should().haveNameNotMatching(".*(Util|Utils|Helper|Manager|Processor)");
}
