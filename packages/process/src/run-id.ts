/** Name of the variable by which every process of one run is known, whoever its parent is. */
export const runIdVariable = "SAMOCODE_RUN_ID";
